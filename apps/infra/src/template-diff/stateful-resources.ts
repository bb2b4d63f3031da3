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

/** Guards of a resource, and the value that takes each away. */
const GUARDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  DeletionPolicy: (value) => value !== 'Retain',
  UpdateReplacePolicy: (value) => value !== 'Retain',
  DeletionProtectionEnabled: (value) => value !== true,
};

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
  const dropped = properties.find(({ name, to }) => GUARDS[name]?.(to) === true);
  return dropped && `would lose its guard ${dropped.name}, which keeps ${lost}`;
}
