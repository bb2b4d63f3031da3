import { partitionOf } from './partition.ts';
import { drawId, type NameScope } from './physical-names.ts';
import type { TemplateResource } from '../template-schema.ts';
import { asText } from './value-functions.ts';

/** A resource with its name: what `Ref` and `Fn::GetAtt` draw on. */
export interface NamedResource {
  readonly logicalId: string;
  readonly name: string;
  readonly declaration: TemplateResource;
}

type Attribute = (resource: NamedResource, scope: NameScope) => unknown;

const nameOf: Attribute = ({ name }) => name;

/** ARN of the service in the stack's Region and account, `before` directly in front of the name. */
function arn(service: string, before: string, after = ''): Attribute {
  return ({ name }, { region, accountId }) =>
    `arn:${partitionOf(region).name}:${service}:${region}:${accountId}:${before}${name}${after}`;
}

const iamArn =
  (kind: string): Attribute =>
  ({ name }, { region, accountId }) =>
    `arn:${partitionOf(region).name}:iam::${accountId}:${kind}/${name}`;

const functionArn: Attribute = ({ declaration }, scope) => {
  const name = asText('FunctionName', scope.property(declaration, 'FunctionName'));
  return name.startsWith('arn:')
    ? name
    : `arn:${partitionOf(scope.region).name}:lambda:${scope.region}:${scope.accountId}:function:${name}`;
};

/** A version or an alias is its function with one more part; which code it is, nobody here tells apart. */
const versionArn: Attribute = (resource, scope) => `${String(functionArn(resource, scope))}:1`;
const aliasArn: Attribute = (resource, scope) =>
  `${String(functionArn(resource, scope))}:${asText('Name', scope.property(resource.declaration, 'Name'))}`;

const queueUrl: Attribute = ({ name }, { region, accountId }) =>
  `https://sqs.${region}.${partitionOf(region).urlSuffix}/${accountId}/${name}`;

const STREAM = '/stream/2000-01-01T00:00:00.000';

/** Types whose `Ref` is not their name. */
const REFS: ReadonlyMap<string, Attribute> = new Map([
  ['AWS::Lambda::Version', versionArn],
  ['AWS::Lambda::Alias', aliasArn],
  ['AWS::Lambda::LayerVersion', arn('lambda', 'layer:', ':1')],
  ['AWS::SQS::Queue', queueUrl],
  ['AWS::SNS::Topic', arn('sns', '')],
  ['AWS::SecretsManager::Secret', arn('secretsmanager', 'secret:')],
  ['AWS::StepFunctions::StateMachine', arn('states', 'stateMachine:')],
  ['AWS::IAM::ManagedPolicy', iamArn('policy')],
]);

/** Attributes by type and name; ids that AWS draws are drawn from the logical id. */
const ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map([
  ['AWS::ApiGateway::RestApi RootResourceId', rootResourceId],
  ['AWS::ApiGateway::RestApi RestApiId', nameOf],
  ['AWS::ApiGateway::Resource ResourceId', nameOf],
  ['AWS::ApiGateway::Deployment DeploymentId', nameOf],
  ['AWS::ApiGateway::ApiKey APIKeyId', nameOf],
  ['AWS::ApiGateway::UsagePlan Id', nameOf],
  ['AWS::ApiGateway::Authorizer AuthorizerId', nameOf],
  ['AWS::ApiGateway::RequestValidator RequestValidatorId', nameOf],
  ['AWS::ApiGatewayV2::Api ApiId', nameOf],
  ['AWS::ApiGatewayV2::Api ApiEndpoint', apiEndpoint],
  ['AWS::ApiGatewayV2::Integration IntegrationId', nameOf],
  ['AWS::ApiGatewayV2::Route RouteId', nameOf],
  ['AWS::ApiGatewayV2::Deployment DeploymentId', nameOf],
  ['AWS::ApiGatewayV2::Authorizer AuthorizerId', nameOf],
  ['AWS::Lambda::Function Arn', arn('lambda', 'function:')],
  ['AWS::Lambda::Version Version', () => '1'],
  ['AWS::Lambda::Version FunctionArn', versionArn],
  ['AWS::Lambda::Alias AliasArn', aliasArn],
  ['AWS::Lambda::LayerVersion LayerVersionArn', arn('lambda', 'layer:', ':1')],
  ['AWS::DynamoDB::Table Arn', arn('dynamodb', 'table/')],
  ['AWS::DynamoDB::Table StreamArn', arn('dynamodb', 'table/', STREAM)],
  ['AWS::DynamoDB::GlobalTable Arn', arn('dynamodb', 'table/')],
  ['AWS::DynamoDB::GlobalTable TableId', nameOf],
  ['AWS::DynamoDB::GlobalTable StreamArn', arn('dynamodb', 'table/', STREAM)],
  ['AWS::EC2::VPCEndpoint DnsEntries', dnsEntries],
  ['AWS::IAM::Role Arn', iamArn('role')],
  ['AWS::IAM::Role RoleId', nameOf],
  ['AWS::IAM::ManagedPolicy PolicyArn', iamArn('policy')],
  ['AWS::Logs::LogGroup Arn', arn('logs', 'log-group:', ':*')],
  ['AWS::SQS::Queue Arn', arn('sqs', '')],
  ['AWS::SQS::Queue QueueName', nameOf],
  ['AWS::SQS::Queue QueueUrl', queueUrl],
  ['AWS::SNS::Topic TopicArn', arn('sns', '')],
  ['AWS::SNS::Topic TopicName', nameOf],
  ['AWS::S3::Bucket Arn', ({ name }, { region }) => `arn:${partitionOf(region).name}:s3:::${name}`],
  ['AWS::S3::Bucket DomainName', ({ name }, { region }) => `${name}.s3.${partitionOf(region).urlSuffix}`],
  [
    'AWS::S3::Bucket RegionalDomainName',
    ({ name }, { region }) => `${name}.s3.${region}.${partitionOf(region).urlSuffix}`,
  ],
  ['AWS::SSM::Parameter Value', ({ declaration }, scope) => scope.property(declaration, 'Value')],
  ['AWS::Events::EventBus Arn', arn('events', 'event-bus/')],
  ['AWS::Events::EventBus Name', nameOf],
  ['AWS::Kinesis::Stream Arn', arn('kinesis', 'stream/')],
  ['AWS::StepFunctions::StateMachine Arn', arn('states', 'stateMachine:')],
  ['AWS::StepFunctions::StateMachine Name', nameOf],
] satisfies readonly (readonly [string, Attribute])[]);

/** What `Ref` gives; undefined for a custom resource, whose own code decides that. */
export function refOf(resource: NamedResource, scope: NameScope): unknown {
  const { Type } = resource.declaration;
  if (isCustom(Type)) return undefined;
  return (REFS.get(Type) ?? nameOf)(resource, scope);
}

/** What `Fn::GetAtt` gives, or undefined for an attribute the local stage does not know. */
export function attributeOf(resource: NamedResource, attribute: string, scope: NameScope): unknown {
  return ATTRIBUTES.get(`${resource.declaration.Type} ${attribute}`)?.(resource, scope);
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function rootResourceId({ logicalId }: NamedResource, { stackName }: NameScope): string {
  return drawId(`${stackName}/${logicalId}/`, 10);
}

/** Of an interface endpoint alone: `<hosted zone>:<host name>`, here the one that covers all its zones. */
function dnsEntries({ declaration, logicalId }: NamedResource, scope: NameScope): unknown {
  if (scope.property(declaration, 'VpcEndpointType') !== 'Interface') return undefined;
  const { region, stackName } = scope;
  const service = asText('ServiceName', scope.property(declaration, 'ServiceName')).split('.').at(-1);
  const id = drawId(`${stackName}/${logicalId}`, 17);
  return [`Z00000000000:vpce-${id}.${service}.${region}.vpce.${partitionOf(region).urlSuffix}`];
}

function apiEndpoint({ name }: NamedResource, { region }: NameScope): string {
  return `https://${name}.execute-api.${region}.${partitionOf(region).urlSuffix}`;
}
