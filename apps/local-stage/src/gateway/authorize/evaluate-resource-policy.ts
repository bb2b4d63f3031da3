import type {
  PolicyPrincipal,
  PolicyStatement,
  ResourcePolicy,
} from '../../template/resource-policy-model.ts';
import type { Caller } from './authorize-request.ts';
import { matchWildcard } from './match-wildcard.ts';
import { isConditionMet, type ConditionKeys } from './policy-condition.ts';

/** What a policy says of one request; `silent` is an implicit denial where nothing else allows. */
export type PolicyVerdict = 'allow' | 'deny' | 'silent';

/** What a policy is asked about. */
export interface PolicyQuestion {
  readonly methodArn: string;
  /** Null where nobody signed. */
  readonly caller: Caller | null;
  readonly keys: ConditionKeys;
}

/** Asks every statement: a denial wins, then an allowance. */
export function evaluateResourcePolicy(policy: ResourcePolicy, question: PolicyQuestion): PolicyVerdict {
  let verdict: PolicyVerdict = 'silent';
  for (const statement of policy.statements) {
    if (!isAbout(statement, question)) continue;
    if (statement.effect === 'Deny') return 'deny';
    verdict = 'allow';
  }
  return verdict;
}

function isAbout(statement: PolicyStatement, { methodArn, caller, keys }: PolicyQuestion): boolean {
  const isNamed = statement.resources.some((pattern) => matchWildcard(pattern, methodArn));
  if (isNamed === statement.isResourceInverted) return false;
  if (!isPrincipal(statement.principal, caller)) return false;
  // What is not played closes the door: it never allows, and it never lifts a denial.
  return statement.conditions.every(
    (condition) => isConditionMet(condition, keys) ?? statement.effect === 'Deny',
  );
}

function isPrincipal({ isEverybody, names, isInverted }: PolicyPrincipal, caller: Caller | null): boolean {
  const isNamed = isEverybody || (caller !== null && names.some((name) => isNameOf(name, caller)));
  return isNamed !== isInverted;
}

/** An account as its id or its root's ARN stands for everybody in it; a user's ARN is taken literally, as IAM does. */
function isNameOf(name: string, { accountId, userArn }: Caller): boolean {
  const root = userArn.replace(/:user\/.*$/, ':root');
  return name === accountId || name === root || name === userArn;
}
