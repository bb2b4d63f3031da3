import { isInertProperty, isInertType } from './inert-resources.ts';
import { own } from './own-property.ts';
import type { ResolvedStack } from './resolved-stack.ts';

/**
 * What of a template the local stage plays: per resource type the properties that have their effect here.
 * Whatever is neither in this table nor inert is named at start.
 */
const PLAYED: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::ApiKey': ['CustomerId', 'Enabled', 'GenerateDistinctId', 'Name', 'Value'],
  'AWS::ApiGateway::GatewayResponse': [
    'ResponseParameters',
    'ResponseTemplates',
    'ResponseType',
    'RestApiId',
    'StatusCode',
  ],
  'AWS::ApiGateway::Model': ['ContentType', 'Name', 'RestApiId', 'Schema'],
  'AWS::ApiGateway::RequestValidator': [
    'Name',
    'RestApiId',
    'ValidateRequestBody',
    'ValidateRequestParameters',
  ],
  'AWS::ApiGateway::RestApi': ['ApiKeySourceType', 'Name', 'BinaryMediaTypes', 'Policy'],
  'AWS::ApiGateway::Resource': ['ParentId', 'PathPart', 'RestApiId'],
  'AWS::ApiGateway::Method': [
    'ApiKeyRequired',
    'AuthorizationType',
    'HttpMethod',
    'Integration',
    'MethodResponses',
    'RequestModels',
    'RequestParameters',
    'RequestValidatorId',
    'ResourceId',
    'RestApiId',
  ],
  'AWS::ApiGateway::Deployment': ['RestApiId'],
  'AWS::ApiGateway::Stage': [
    'AccessLogSetting',
    'DeploymentId',
    'MethodSettings',
    'RestApiId',
    'StageName',
    'Variables',
  ],
  'AWS::ApiGateway::UsagePlan': ['ApiStages', 'Quota', 'Throttle', 'UsagePlanName'],
  'AWS::ApiGateway::UsagePlanKey': ['KeyId', 'KeyType', 'UsagePlanId'],
  'AWS::ApiGatewayV2::Api': [
    'CorsConfiguration',
    'Name',
    'ProtocolType',
    'RouteKey',
    'RouteSelectionExpression',
    'Target',
  ],
  // Who may call a route is said with the route: a token's authorizer is not played (501).
  'AWS::ApiGatewayV2::Authorizer': ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration', 'Name'],
  'AWS::ApiGatewayV2::Deployment': ['ApiId', 'StageName'],
  'AWS::ApiGatewayV2::Integration': [
    'ApiId',
    'IntegrationMethod',
    'IntegrationSubtype',
    'IntegrationType',
    'IntegrationUri',
    'PayloadFormatVersion',
    'TimeoutInMillis',
  ],
  'AWS::ApiGatewayV2::Route': ['ApiId', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target'],
  'AWS::ApiGatewayV2::Stage': [
    'AccessLogSettings',
    'ApiId',
    'AutoDeploy',
    'DefaultRouteSettings',
    'DeploymentId',
    'RouteSettings',
    'StageName',
    'StageVariables',
  ],
  'AWS::Lambda::Function': [
    'Code',
    'Environment',
    'FunctionName',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Runtime',
    'Timeout',
  ],
  'AWS::Lambda::Version': ['FunctionName', 'CodeSha256'],
  'AWS::Lambda::Alias': ['FunctionName', 'FunctionVersion', 'Name'],
  'AWS::Lambda::LayerVersion': [
    'CompatibleArchitectures',
    'CompatibleRuntimes',
    'Content',
    'LayerName',
    'LicenseInfo',
  ],
  // A file in the folder of the logs.
  'AWS::Logs::LogGroup': ['LogGroupName', 'RetentionInDays'],
  'AWS::DynamoDB::Table': [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'OnDemandThroughput',
    'ProvisionedThroughput',
    'TableName',
    'WarmThroughput',
  ],
  'AWS::DynamoDB::GlobalTable': [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'ReadOnDemandThroughputSettings',
    'ReadProvisionedThroughputSettings',
    'Replicas',
    'TableName',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
};

/** Macros whose work the local stage does itself. */
const PLAYED_TRANSFORMS: readonly unknown[] = ['AWS::LanguageExtensions'];

/**
 * Adds to the stack's list of what is not played every macro, type and property that is neither played nor inert.
 * `DependsOn`, the deletion and update policies, `Metadata` and `Rules` are for a deployment, and passed over.
 */
export function nameWhatIsNotPlayed(stack: ResolvedStack): void {
  for (const transform of [stack.source.template.Transform ?? []].flat()) {
    const declared = typeof transform === 'string' ? transform : own(transform, 'Name');
    const name = typeof declared === 'string' ? declared : 'without a name';
    if (!PLAYED_TRANSFORMS.includes(name)) stack.notPlayed.add(`transform ${name}`);
  }
  for (const { type, declaration } of stack.resources) {
    const played = own(PLAYED, type);
    if (!played) {
      if (!isInertType(type)) stack.notPlayed.add(type);
      continue;
    }
    for (const property of Object.keys(declaration.Properties ?? {})) {
      if (!played.includes(property) && !isInertProperty(type, property))
        stack.notPlayed.add(`${type}.${property}`);
    }
  }
}
