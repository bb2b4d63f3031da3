import * as z from 'zod';

/**
 * Resources that say nothing about which system was measured: what only watches it, with thresholds made from its
 * limits, and the versions of its function, whose ids change with every bundle and limit.
 */
const IGNORED_TYPES: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Lambda::Version',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
]);

/**
 * Properties by resource type that say nothing about which system was measured, `*` for every element of a list or a
 * map: the limits, which a throttle file sets, what is computed from them, and the bundle, which has a hash of its own.
 */
const IGNORED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['MemorySize', 'Timeout', 'ReservedConcurrentExecutions', 'Code.S3Key'],
  'AWS::Lambda::Alias': ['FunctionVersion'],
  'AWS::DynamoDB::Table': ['WarmThroughput'],
  'AWS::ApiGateway::Stage': ['MethodSettings.*.ThrottlingRateLimit', 'MethodSettings.*.ThrottlingBurstLimit'],
  'AWS::ApiGatewayV2::Stage': [
    'DefaultRouteSettings.ThrottlingRateLimit',
    'DefaultRouteSettings.ThrottlingBurstLimit',
    'RouteSettings.*.ThrottlingRateLimit',
    'RouteSettings.*.ThrottlingBurstLimit',
  ],
};

/** What of a template decides which system it makes; its texts, outputs and deployment checks do not. */
const templateSchema = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.unknown()).default({}),
});

/**
 * SHA-256 (hex) of what a synthesized template deploys, without its limits, the bundle and metadata: equal for two
 * templates that a throttle file alone tells apart, whatever the order of their keys.
 * @throws ZodError when it is no CloudFormation template
 */
export async function hashTemplate(template: unknown): Promise<string> {
  const { Resources, Parameters, ...rest } = templateSchema.parse(template);
  const measured = {
    ...rest,
    // Asked by the CDK of every stack, and changed by its version alone.
    Parameters: without(Parameters, ['BootstrapVersion']),
    Resources: Object.entries(Resources)
      .filter(([, { Type }]) => !IGNORED_TYPES.has(Type))
      .map(([id, resource]) => [id, withoutIgnored(resource)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(measured)));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function withoutIgnored(resource: { readonly Type: string }): unknown {
  const properties = IGNORED_PROPERTIES[resource.Type] ?? [];
  return [...properties.map((path) => `Properties.${path}`), 'Metadata'].reduce<unknown>(
    (value, path) => without(value, path.split('.')),
    resource,
  );
}

/** The value without what is at the path; unchanged where the path leads nowhere. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return key === '*' ? value.map((element) => without(element, rest)) : value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, inner]) => [name, key === '*' || name === key ? without(inner, rest) : inner]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
