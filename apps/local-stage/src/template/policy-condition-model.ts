/** Operators that hold when one of their values fits. */
const POSITIVE_OPERATORS = [
  'ArnEquals',
  'ArnLike',
  'Bool',
  'DateEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'IpAddress',
  'NumericEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
] as const;

/** Operators that hold when none of their values fits. */
const NEGATIVE_OPERATORS = [
  'ArnNotEquals',
  'ArnNotLike',
  'DateNotEquals',
  'NotIpAddress',
  'NumericNotEquals',
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
] as const;

export type PositiveOperator = (typeof POSITIVE_OPERATORS)[number];
export type NegativeOperator = (typeof NEGATIVE_OPERATORS)[number];

/** Keys that have a value here, in lower case. All others are absent: there is no VPC and no organization. */
const PLAYED_KEYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:referer',
  'aws:securetransport',
  'aws:sourceip',
  'aws:useragent',
  'aws:userid',
  'aws:username',
]);

/** One operator on one key. */
export interface PolicyCondition {
  /** Null where the operator is not known, or a value holds a policy variable: can't be told then. */
  readonly test:
    | { readonly kind: 'positive'; readonly operator: PositiveOperator }
    | { readonly kind: 'negative'; readonly operator: NegativeOperator }
    | { readonly kind: 'null' }
    | null;
  /** In lower case: keys are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
  /** Holds when the request has no such key. */
  readonly isIfExists: boolean;
  /** `ForAllValues:` holds for a request without the key, `ForAnyValue:` does not. */
  readonly quantifier: 'all' | 'any' | null;
}

/**
 * Reads one.
 * @param written the operator, such as `ForAnyValue:StringNotLikeIfExists`
 * @param notPlayed gets its name where it has no effect here, or not AWS's
 */
export function readPolicyCondition(
  written: string,
  key: string,
  values: readonly string[],
  notPlayed: Set<string>,
): PolicyCondition {
  const [, quantifier, operator = '', ifExists] =
    /^(?:For(Any|All)Values?:)?(.*?)(IfExists)?$/.exec(written) ?? [];
  const condition: PolicyCondition = {
    test: values.some((value) => value.includes('${')) ? null : testOf(operator),
    key: key.toLowerCase(),
    values,
    isIfExists: ifExists !== undefined,
    quantifier: quantifier === 'All' ? 'all' : quantifier === 'Any' ? 'any' : null,
  };
  if (!condition.test) {
    notPlayed.add(`policy condition ${written} on ${key} (never allows, never lifts a denial)`);
  } else if (!PLAYED_KEYS.has(condition.key)) {
    notPlayed.add(`policy condition key ${key} (absent from every request)`);
  }
  return condition;
}

function testOf(operator: string): PolicyCondition['test'] {
  if (operator === 'Null') return { kind: 'null' };
  const positive = POSITIVE_OPERATORS.find((known) => known === operator);
  if (positive) return { kind: 'positive', operator: positive };
  const negative = NEGATIVE_OPERATORS.find((known) => known === operator);
  return negative ? { kind: 'negative', operator: negative } : null;
}
