import * as z from 'zod';

/**
 * Resources that say nothing about which system was measured: what only watches it, with thresholds made from its
 * limits, how new code will get there, and who its clients are. That a request needs a key at all stands in its method.
 */
const IGNORED_TYPES: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
]);

/** Resources whose ids the CDK makes from content that counts by itself, or must not: they count by what they hold. */
const NAMED_BY_CONTENT: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Deployment',
  'AWS::Lambda::Version',
]);

/**
 * Properties by resource type that say nothing about which system was measured, `*` for every element of a list or a
 * map: the limits, which a throttle file sets, what is computed from them, and the bundle, which has a hash of its own.
 * Of every type, its tags.
 */
const IGNORED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['MemorySize', 'Timeout', 'ReservedConcurrentExecutions', 'Code.S3Key'],
  'AWS::Lambda::Version': ['FunctionName', 'CodeSha256'],
  'AWS::DynamoDB::Table': ['WarmThroughput'],
  'AWS::Logs::LogGroup': ['RetentionInDays'],
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

type Resources = z.infer<typeof templateSchema>['Resources'];

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
    Resources: Object.entries(withoutMadeIds(Resources))
      .filter(([, { Type }]) => !IGNORED_TYPES.has(Type))
      .map(([id, resource]) => [id, withoutIgnored(resource)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(measured)));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The resources with a name for each made id that does not change with what the id was made from, wherever it stands. */
function withoutMadeIds(resources: Resources): Resources {
  const made = Object.entries(resources)
    .filter(([, { Type }]) => NAMED_BY_CONTENT.has(Type))
    .map(([id, resource]) => [id, JSON.stringify(sorted(withoutIgnored(resource)))] as const)
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
  const names = new Map(made.map(([id], index) => [id, `made-${index}`]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(renamed);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      names.get(id) ?? id,
      { ...(renamed(resource) as object), Type: resource.Type },
    ]),
  );
}

function withoutIgnored(resource: { readonly Type: string }): unknown {
  const properties = IGNORED_PROPERTIES[resource.Type] ?? [];
  return [...[...properties, 'Tags'].map((path) => `Properties.${path}`), 'Metadata'].reduce<unknown>(
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
