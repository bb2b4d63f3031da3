import { hashTemplate } from './fingerprint.ts';

const lambda = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    MemorySize: 1024,
    Timeout: 29,
    ReservedConcurrentExecutions: 100,
    Runtime: 'nodejs24.x',
    Code: { S3Bucket: 'assets', S3Key: 'one.zip' },
    Environment: { Variables: { Timeout: '29', TABLE_NAME: { Ref: 'Table' } } },
  },
};
const stage = {
  Type: 'AWS::ApiGateway::Stage',
  Properties: {
    StageName: 'prod',
    DeploymentId: { Ref: 'DeploymentOne' },
    MethodSettings: [
      { HttpMethod: '*', ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
      { HttpMethod: 'POST', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
    ],
  },
};
const httpStage = {
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: {
    DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    RouteSettings: { 'POST /batch': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 200 } },
  },
};
const alias = {
  Type: 'AWS::Lambda::Alias',
  Properties: { Name: 'live', FunctionVersion: { 'Fn::GetAtt': ['VersionOne', 'Version'] } },
};
const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Lambda' } } };
const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    WarmThroughput: { WriteUnitsPerSecond: 5000 },
    Tags: [{ Key: 'stage', Value: 'dev' }],
  },
};
const log = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } };
const method = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', ApiKeyRequired: true } };
const deployment = {
  Type: 'AWS::ApiGateway::Deployment',
  Properties: { RestApiId: { Ref: 'Api' } },
  DependsOn: ['Method'],
};
const named = {
  ...{ Lambda: lambda, Stage: stage, HttpStage: httpStage },
  ...{ Alias: alias, Table: table, Log: log, Method: method },
};
const template = { Resources: { ...named, VersionOne: version, DeploymentOne: deployment } };

/** The template after one change, deep in a copy. */
function changed(change: (copy: typeof template) => void) {
  const copy = structuredClone(template);
  change(copy);
  return copy;
}

describe('hashTemplate', () => {
  it('is 64 hexadecimal digits', async () => {
    expect(await hashTemplate(template)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, unknown]>([
    ['memory', changed(({ Resources }) => (Resources.Lambda.Properties.MemorySize = 512))],
    ['timeout', changed(({ Resources }) => (Resources.Lambda.Properties.Timeout = 3))],
    [
      'reservation',
      changed(({ Resources }) => (Resources.Lambda.Properties.ReservedConcurrentExecutions = 1)),
    ],
    [
      'rate',
      changed(({ Resources }) => (Resources.Stage.Properties.MethodSettings[1]!.ThrottlingRateLimit = 1)),
    ],
    [
      'burst',
      changed(({ Resources }) => (Resources.Stage.Properties.MethodSettings[0]!.ThrottlingBurstLimit = 1)),
    ],
    [
      "HTTP API's rate",
      changed(
        ({ Resources }) => (Resources.HttpStage.Properties.DefaultRouteSettings.ThrottlingRateLimit = 1),
      ),
    ],
    [
      "burst of an HTTP API's route",
      changed(
        ({ Resources }) =>
          (Resources.HttpStage.Properties.RouteSettings['POST /batch'].ThrottlingBurstLimit = 1),
      ),
    ],
    [
      'write units a table is warmed for',
      changed(({ Resources }) => (Resources.Table.Properties.WarmThroughput.WriteUnitsPerSecond = 6000)),
    ],
    [
      'version that an alias stands for',
      {
        Resources: {
          ...named,
          DeploymentOne: deployment,
          VersionTwo: version,
          Alias: {
            ...alias,
            Properties: { ...alias.Properties, FunctionVersion: { 'Fn::GetAtt': ['VersionTwo', 'Version'] } },
          },
        },
      },
    ],
    [
      'id of a deployment, which the CDK makes from tags as well',
      {
        Resources: {
          ...named,
          VersionOne: version,
          DeploymentTwo: deployment,
          Stage: { ...stage, Properties: { ...stage.Properties, DeploymentId: { Ref: 'DeploymentTwo' } } },
        },
      },
    ],
    [
      'clients of it, where requests need a key before and after',
      {
        Resources: {
          ...template.Resources,
          Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { Throttle: { RateLimit: 5 } } },
          Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Name: 'team' } },
          PlanKey: { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId: { Ref: 'Key' } } },
        },
      },
    ],
    [
      'way in which new code gets there',
      {
        Resources: {
          ...template.Resources,
          Application: { Type: 'AWS::CodeDeploy::Application', Properties: {} },
          Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { DeploymentConfigName: 'linear' } },
        },
      },
    ],
    ['tags', changed(({ Resources }) => (Resources.Table.Properties.Tags[0]!.Value = 'other'))],
    ['time that logs are kept', changed(({ Resources }) => (Resources.Log.Properties.RetentionInDays = 30))],
    [
      'alarms and pictures of it',
      {
        Resources: {
          ...template.Resources,
          Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 80 } },
          Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } },
          Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
          Mail: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: 'team@example.com' } },
        },
      },
    ],
    ['bundle', changed(({ Resources }) => (Resources.Lambda.Properties.Code.S3Key = 'two.zip'))],
    ['notes', { ...template, Description: 'text', Metadata: { a: 1 }, Outputs: { Url: { Value: 'u' } } }],
    [
      'notes of a resource',
      { Resources: { ...template.Resources, Stage: { ...stage, Metadata: { 'aws:cdk:path': 'p' } } } },
    ],
    [
      'CDK version',
      {
        Resources: {
          ...template.Resources,
          CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' } },
        },
        Parameters: { BootstrapVersion: { Type: 'String' } },
        Rules: { CheckBootstrapVersion: {} },
      },
    ],
    ['order of keys', { Resources: Object.fromEntries(Object.entries(template.Resources).reverse()) }],
  ])('does not depend on the %s', async (_what, other) => {
    expect(await hashTemplate(other)).toBe(await hashTemplate(template));
  });

  it.each<[string, unknown]>([
    ['runtime', changed(({ Resources }) => (Resources.Lambda.Properties.Runtime = 'nodejs22.x'))],
    [
      'variable that is called like a limit',
      changed(({ Resources }) => (Resources.Lambda.Properties.Environment.Variables.Timeout = '3')),
    ],
    ['API stage', changed(({ Resources }) => (Resources.Stage.Properties.StageName = 'dev'))],
    [
      'methods that a throttle is for',
      changed(({ Resources }) => Resources.Stage.Properties.MethodSettings.pop()),
    ],
    ['bucket of the code', changed(({ Resources }) => (Resources.Lambda.Properties.Code.S3Bucket = 'other'))],
    ['type of a resource', changed(({ Resources }) => (Resources.Stage.Type = 'AWS::ApiGateway::Stages'))],
    [
      'name of a resource',
      {
        Resources: Object.fromEntries(
          Object.entries(template.Resources).map(([id, value]) => [id === 'Lambda' ? 'Function' : id, value]),
        ),
      },
    ],
    [
      'key that a request needs',
      changed(({ Resources }) => (Resources.Method.Properties.ApiKeyRequired = false)),
    ],
    [
      'execution environments that a version keeps ready',
      {
        Resources: {
          ...template.Resources,
          VersionOne: {
            ...version,
            Properties: {
              ...version.Properties,
              ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 },
            },
          },
        },
      },
    ],
    [
      'version that an alias is held at',
      changed(({ Resources }) => Object.assign(Resources.Alias.Properties, { FunctionVersion: '3' })),
    ],
    ['alias', changed(({ Resources }) => (Resources.Alias.Properties.Name = 'dead'))],
    [
      'routes that a throttle is for',
      changed(({ Resources }) => Reflect.deleteProperty(Resources.HttpStage.Properties, 'RouteSettings')),
    ],
    [
      'what becomes of a resource',
      { Resources: { ...template.Resources, Stage: { ...stage, DeletionPolicy: 'Retain' } } },
    ],
    ['conditions', { ...template, Conditions: { IsProd: { 'Fn::Equals': ['a', 'a'] } } }],
    ['parameters', { ...template, Parameters: { Retention: { Type: 'Number' } } }],
    ['mappings', { ...template, Mappings: { Regions: {} } }],
  ])('depends on the %s', async (_what, other) => {
    expect(await hashTemplate(other)).not.toBe(await hashTemplate(template));
  });

  it.each([null, [], {}, { Resources: { A: {} } }, 'template'])(
    'refuses %j, which is no template',
    async (other) => {
      await expect(hashTemplate(other)).rejects.toThrow();
    },
  );
});
