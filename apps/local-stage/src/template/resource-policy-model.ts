import * as z from 'zod';
import { partitionOf } from './intrinsics/partition.ts';
import { readPolicyCondition, type PolicyCondition } from './policy-condition-model.ts';

/** A RestApi's `Policy`, read once at start; `gateway/authorize/evaluate-resource-policy.ts` asks it about requests. */
export interface ResourcePolicy {
  /** Of the account that owns the API. */
  readonly accountId: string;
  readonly statements: readonly PolicyStatement[];
}

/** One statement about invoking. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly principal: PolicyPrincipal;
  /** Patterns over whole method ARNs. */
  readonly resources: readonly string[];
  /** From `NotResource`: the patterns say what the statement is not about. */
  readonly isResourceInverted: boolean;
  /** All of them must hold. */
  readonly conditions: readonly PolicyCondition[];
}

/** Whom a statement is about. */
export interface PolicyPrincipal {
  readonly isEverybody: boolean;
  /** Account ids and ARNs, as written. */
  readonly names: readonly string[];
  /** From `NotPrincipal`. */
  readonly isInverted: boolean;
}

/** The API that a policy stands at. */
export interface PolicyPlace {
  readonly region: string;
  readonly accountId: string;
  readonly apiId: string;
}

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const principalSchema = z.union([z.literal('*'), z.record(z.string(), oneOrMore)]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principalSchema.optional(),
  NotPrincipal: principalSchema.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([scalar.transform((one) => [one]), z.array(scalar)])))
    .default({}),
});

/** A `Policy` property as CloudFormation takes it: an object, or one as JSON text. */
export const resourcePolicySchema = z.preprocess(
  (value) => (typeof value === 'string' ? parseJson(value) : value),
  z.looseObject({
    Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]),
  }),
);

/**
 * The policy in the words of the evaluation: abbreviated resources in full, statements about other actions left out.
 * @param notPlayed gets a name for every part that has no effect here, or not AWS's
 */
export function readResourcePolicy(
  policy: z.infer<typeof resourcePolicySchema>,
  place: PolicyPlace,
  notPlayed: Set<string>,
): ResourcePolicy {
  const arn = `arn:${partitionOf(place.region).name}:execute-api:${place.region}:${place.accountId}:${place.apiId}`;
  return {
    accountId: place.accountId,
    statements: policy.Statement.filter(isAboutInvoking).map((statement) => ({
      effect: statement.Effect,
      principal: readPrincipal(statement),
      // `execute-api:/stage/METHOD/path` is what templates write, since a policy can't refer to its own API's id.
      resources: (statement.Resource ?? statement.NotResource ?? []).map((resource) =>
        resource.replace(/^execute-api:\/?/, `${arn}/`),
      ),
      isResourceInverted: statement.Resource === undefined,
      conditions: Object.entries(statement.Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => readPolicyCondition(operator, key, values, notPlayed)),
      ),
    })),
  };
}

type Statement = z.infer<typeof statementSchema>;

function isAboutInvoking({ Action, NotAction }: Statement): boolean {
  const names = (actions: readonly string[]): boolean => actions.some((action) => coversInvoke(action));
  return Action ? names(Action) : !names(NotAction ?? []);
}

function coversInvoke(action: string): boolean {
  const pattern = action.toLowerCase().replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test('execute-api:invoke');
}

function readPrincipal({ Principal, NotPrincipal }: Statement): PolicyPrincipal {
  const written = Principal ?? NotPrincipal ?? '*';
  const names = written === '*' ? ['*'] : (written['AWS'] ?? []);
  return { isEverybody: names.includes('*'), names, isInverted: Principal === undefined && !!NotPrincipal };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Left as text, for the schema to say what it wants instead.
    return text;
  }
}
