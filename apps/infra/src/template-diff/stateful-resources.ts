import * as z from 'zod';
import type { Impact, PropertyChange } from './diff-templates.ts';

/** What is lost with a resource that holds more than its template says. */
const LOST_WITH: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'its entries',
  'AWS::KMS::Key': 'all that it encrypts',
  'AWS::Logs::LogGroup': 'its lines',
  'AWS::SNS::Topic': 'its subscriptions',
  'AWS::ApiGateway::RestApi': 'the address that clients call',
  'AWS::ApiGatewayV2::Api': 'the address that clients call',
  'AWS::ApiGateway::ApiKey': 'the key that a client team holds',
  'AWS::ApiGateway::UsagePlan': 'what its clients have used of their quota',
};

const WORDS: Partial<Record<Impact, string>> = {
  'may-replace': 'may be replaced',
  replace: 'would be replaced',
  delete: 'would be deleted',
  keep: 'would leave the stack and stay behind in the account',
};

const KEEPS: readonly unknown[] = ['Retain', 'RetainExceptOnCreate'];
const recoverable = z.looseObject({ PointInTimeRecoveryEnabled: z.literal(true) });

/** Guards of a resource, and whether a value of it guards anything. */
const GUARDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  DeletionPolicy: (value) => KEEPS.includes(value),
  UpdateReplacePolicy: (value) => KEEPS.includes(value),
  DeletionProtectionEnabled: (value) => value === true,
  PointInTimeRecoverySpecification: (value) => recoverable.safeParse(value).success,
};

/** Where a resource says whose key encrypts it. */
const KEYS: readonly string[] = ['SSESpecification', 'KmsKeyId'];

/** Why a change deserves a second look, in one sentence; undefined where nothing is lost by it. */
export function dangerOf(
  type: string,
  impact: Impact,
  properties: readonly PropertyChange[],
): string | undefined {
  const lost = LOST_WITH[type];
  if (lost === undefined) return undefined;
  const words = WORDS[impact];
  if (words !== undefined) return `${words}, and with it ${lost}`;
  const dangers = properties.flatMap((property) => dangerOfChange(property, lost));
  return dangers.length === 0 ? undefined : dangers.join('; ');
}

function dangerOfChange({ name, from, to }: PropertyChange, lost: string): string[] {
  const guards = GUARDS[name];
  if (guards?.(from) && !guards(to)) return [`would lose its guard ${name}, which keeps ${lost}`];
  return KEYS.includes(name)
    ? [`would change its key (${name}): who may not use it can't reach ${lost}`]
    : [];
}
