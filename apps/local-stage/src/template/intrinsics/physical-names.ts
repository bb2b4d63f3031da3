import { createHash } from 'node:crypto';
import { own } from '../own-property.ts';
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
  'AWS::ApiGateway::Model': 'Name',
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Lambda::LayerVersion': 'LayerName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Events::EventBus': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::Kinesis::Stream': 'Name',
};

/** Types whose `Ref` is a short id that AWS draws; here drawn from the logical id, so that it never changes. */
const DRAWN_ID_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::ApiGateway::RestApi': 10,
  'AWS::ApiGateway::ApiKey': 10,
  'AWS::ApiGateway::Authorizer': 6,
  'AWS::ApiGateway::Deployment': 6,
  'AWS::ApiGateway::RequestValidator': 6,
  'AWS::ApiGateway::Resource': 6,
  'AWS::ApiGateway::UsagePlan': 6,
  'AWS::ApiGateway::VpcLink': 6,
  'AWS::ApiGatewayV2::Api': 10,
  'AWS::ApiGatewayV2::Authorizer': 6,
  'AWS::ApiGatewayV2::Deployment': 6,
  'AWS::ApiGatewayV2::Integration': 7,
  'AWS::ApiGatewayV2::Route': 7,
  'AWS::ApiGatewayV2::VpcLink': 6,
};

/**
 * The name of a resource: its own, a drawn id, or `<stack>-<logical id>` as CloudFormation does.
 * @throws IntrinsicError when the name it chose has no value here
 */
export function physicalName(logicalId: string, resource: TemplateResource, scope: NameScope): string {
  const drawn = own(DRAWN_ID_LENGTHS, resource.Type);
  if (drawn !== undefined) return drawId(`${scope.stackName}/${logicalId}`, drawn);
  const nameProperty = own(NAME_PROPERTIES, resource.Type);
  const named = nameProperty === undefined ? undefined : scope.property(resource, nameProperty);
  return typeof named === 'string' && named !== '' ? named : generatedName(logicalId, scope.stackName);
}

/** `<stack>-<logical id>`, what a resource is called that names itself nothing else. */
export function generatedName(logicalId: string, stackName: string): string {
  const name = `${stackName}-${logicalId}`;
  // Lambda's limit of 64 characters is the shortest of those met here.
  return name.length <= 64 ? name : `${name.slice(0, 55)}-${drawId(name, 8)}`;
}

/** Letters and digits that are always the same for the same seed. */
export function drawId(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}
