import type { ResolvedStack } from './resolved-stack.ts';

/**
 * What of a template the local stage plays: per resource type the properties that have their effect here.
 * Whatever is not in this table is named at start.
 */
const PLAYED: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': ['Name', 'BinaryMediaTypes'],
  'AWS::ApiGateway::Resource': ['ParentId', 'PathPart', 'RestApiId'],
  'AWS::ApiGateway::Method': [
    'ApiKeyRequired',
    'AuthorizationType',
    'HttpMethod',
    'Integration',
    'MethodResponses',
    'ResourceId',
    'RestApiId',
  ],
  'AWS::ApiGateway::Deployment': ['RestApiId'],
  'AWS::ApiGateway::Stage': ['RestApiId', 'StageName', 'DeploymentId', 'MethodSettings', 'Variables'],
  'AWS::Lambda::Function': [
    'Code',
    'Environment',
    'FunctionName',
    'Handler',
    'MemorySize',
    'ReservedConcurrentExecutions',
    'Runtime',
    'Timeout',
  ],
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'AttributeDefinitions', 'BillingMode'],
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema', 'AttributeDefinitions', 'BillingMode', 'Replicas'],
};

/** Properties and types that change nothing for a client, wherever they stand. */
const INERT = new Set(['Description', 'Tags']);
const INERT_TYPES = new Set(['AWS::CDK::Metadata', 'AWS::Lambda::Permission', 'AWS::ApiGateway::Account']);

/** Adds to the stack's list of what is not played every type and property that the table above lacks. */
export function nameWhatIsNotPlayed(stack: ResolvedStack): void {
  for (const { type, declaration } of stack.resources) {
    const played = PLAYED[type];
    if (!played) {
      if (!INERT_TYPES.has(type)) stack.notPlayed.add(type);
      continue;
    }
    for (const property of Object.keys(declaration.Properties ?? {})) {
      if (!played.includes(property) && !INERT.has(property)) stack.notPlayed.add(`${type}.${property}`);
    }
  }
}
