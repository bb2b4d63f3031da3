import { createHash } from 'node:crypto';
import type { TemplateResource } from '../template-schema.ts';

/** Stack-wide facts that a physical name is made of. */
export interface NameScope {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Value of a property with its functions worked out. */
  property(resource: TemplateResource, name: string): unknown;
}

/** Property that names a resource, where the template's author chose to. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
};

/** Types whose `Ref` is a short id that AWS draws; here drawn from the logical id, so that it never changes. */
const DRAWN_ID_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::ApiGateway::RestApi': 10,
  'AWS::ApiGateway::Resource': 6,
  'AWS::ApiGateway::Deployment': 6,
};

/** What `Ref` of the resource gives: its own name, a drawn id, or `<stack>-<logical id>` as CloudFormation does. */
export function physicalId(logicalId: string, resource: TemplateResource, scope: NameScope): unknown {
  const drawn = DRAWN_ID_LENGTHS[resource.Type];
  if (drawn !== undefined) return drawId(`${scope.stackName}/${logicalId}`, drawn);
  if (resource.Type === 'AWS::Lambda::Version' || resource.Type === 'AWS::Lambda::Alias') {
    return `${lambdaArn(scope.property(resource, 'FunctionName'), scope)}:local`;
  }
  const named = scope.property(resource, NAME_PROPERTIES[resource.Type] ?? '');
  if (named !== undefined) return named;
  const name = `${scope.stackName}-${logicalId}`;
  // Lambda's limit of 64 characters is the shortest of those met here.
  return name.length <= 64 ? name : `${name.slice(0, 55)}-${drawId(name, 8)}`;
}

/** What `Fn::GetAtt` gives, or undefined for an attribute the local stage does not know. */
export function attributeOf(
  logicalId: string,
  resource: TemplateResource,
  attribute: string,
  scope: NameScope,
): unknown {
  const id = physicalId(logicalId, resource, scope);
  switch (`${resource.Type} ${attribute}`) {
    case 'AWS::ApiGateway::RestApi RootResourceId':
      return drawId(`${scope.stackName}/${logicalId}/`, 10);
    case 'AWS::ApiGateway::RestApi RestApiId':
    case 'AWS::ApiGateway::Resource ResourceId':
    case 'AWS::ApiGateway::Deployment DeploymentId':
      return id;
    case 'AWS::Lambda::Function Arn':
      return lambdaArn(id, scope);
    case 'AWS::DynamoDB::Table Arn':
    case 'AWS::DynamoDB::GlobalTable Arn':
      return `arn:aws:dynamodb:${scope.region}:${scope.accountId}:table/${String(id)}`;
  }
  if (attribute !== 'Arn') return undefined;
  const service = resource.Type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return `arn:aws:${service}:${scope.region}:${scope.accountId}:${String(id)}`;
}

function lambdaArn(functionName: unknown, { region, accountId }: NameScope): string {
  const name = String(functionName);
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

function drawId(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}
