import { batchModel, entryModel } from '@spillway/shared/json-schema';
import type * as jsonSchema from '@spillway/shared/json-schema';
import { Match } from 'aws-cdk-lib/assertions';
import { findCycle, referencesOf } from '../__fixtures__/reference-graph.ts';
import { only, onlyId, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

// The contract's own model, unless a test says otherwise.
jest.mock<typeof jsonSchema>('@spillway/shared/json-schema', () => {
  const actual = jest.requireActual<typeof jsonSchema>('@spillway/shared/json-schema');
  return { ...actual, entryModel: jest.fn(actual.entryModel) };
});

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const METHOD = 'AWS::ApiGateway::Method';
const responses = (template: ReturnType<typeof synthesizedStack>) =>
  Object.fromEntries(
    propertiesOf(template, 'AWS::ApiGateway::GatewayResponse').map(({ ResponseType, ...rest }) => [
      ResponseType,
      rest,
    ]),
  );

describe('IngestRestApi', () => {
  const template = synthesizedStack({ limits: { rateLimit: 1000, burstLimit: 45 } });
  const RestApiId = { Ref: onlyId(template, 'AWS::ApiGateway::RestApi') };
  const root = { 'Fn::GetAtt': [RestApiId.Ref, 'RootResourceId'] };
  const batch = { Ref: onlyId(template, 'AWS::ApiGateway::Resource') };
  const [entryMethod, batchMethod] = [root, batch].map((ResourceId) => {
    const [method] = Object.values(template.findResources(METHOD, { Properties: { ResourceId } }));
    return method!.Properties;
  });

  it('passes POST / and POST /batch on to the function, and nothing else', () => {
    template.resourceCountIs(METHOD, 2);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'batch', ParentId: root });
    const uri = JSON.stringify({ Ref: onlyId(template, 'AWS::Lambda::Function') });
    for (const method of [entryMethod, batchMethod]) {
      expect(method).toMatchObject({
        HttpMethod: 'POST',
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
      });
      expect(JSON.stringify(method.Integration.Uri)).toContain(
        uri.replace('{"Ref":', '{"Fn::GetAtt":[').replace('}', ',"Arn"]}'),
      );
    }
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('takes the bucket of each method from the throttle file, and makes the one of batches from it', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [
        Match.objectLike({
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 1000,
          ThrottlingBurstLimit: 45,
        }),
        Match.objectLike({
          HttpMethod: 'POST',
          ResourcePath: '/~1batch',
          ThrottlingRateLimit: 1,
          ThrottlingBurstLimit: 4,
        }),
      ],
    });
  });

  it.each([
    ['iam', 'AWS_IAM'],
    ['none', 'NONE'],
  ] as const)('asks callers of both methods for %s', (auth, AuthorizationType) => {
    const methods = propertiesOf(synthesizedStack({ stage: { auth } }), METHOD);
    expect(methods.map((method) => method.AuthorizationType)).toEqual([AuthorizationType, AuthorizationType]);
  });

  it('refuses bodies by the contract, of every content type, before anything is invoked', () => {
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true });
    const RequestValidatorId = { Ref: onlyId(template, 'AWS::ApiGateway::RequestValidator') };
    const models = template.findResources('AWS::ApiGateway::Model');
    for (const [method, schema] of [
      [entryMethod, entryModel()],
      [batchMethod, batchModel()],
    ] as const) {
      expect(method.RequestValidatorId).toEqual(RequestValidatorId);
      const { Ref } = method.RequestModels['application/json'];
      expect(method.RequestModels).toEqual({ 'application/json': { Ref }, $default: { Ref } });
      expect(models[Ref]!.Properties.Schema).toEqual(schema);
    }
  });

  it('leaves the entries of a batch to the function', () => {
    const { properties } = batchModel() as { properties: { entries: object } };
    expect(properties.entries).toEqual({ type: 'array', minItems: 1, maxItems: 100, items: {} });
  });

  it('makes a new deployment when a model changes, once the model has', () => {
    const deployment = onlyId(template, DEPLOYMENT);
    expect(only(template, DEPLOYMENT).DependsOn).toEqual(
      expect.arrayContaining(Object.keys(template.findResources('AWS::ApiGateway::Model'))),
    );
    expect(onlyId(synthesizedStack({ stage: { auth: 'iam' } }), DEPLOYMENT)).toBe(deployment);
    jest.mocked(entryModel).mockReturnValueOnce({ ...entryModel(), minProperties: 2 });
    expect(onlyId(synthesizedStack(), DEPLOYMENT)).not.toBe(deployment);
  });

  it.each(['all-at-once', 'canary-10-percent-5-minutes'] as const)(
    'may call what it deploys before the stage does, where new code comes %s',
    (rollout) => {
      const ordered = synthesizedStack({ stage: { rollout } });
      const permission = onlyId(ordered, 'AWS::Lambda::Permission');
      expect(only(ordered, DEPLOYMENT).DependsOn).toContain(permission);
      // One that refers to the stage is made after it, and the stage is made with the deployment.
      const stage = onlyId(ordered, 'AWS::ApiGateway::Stage');
      expect(referencesOf(ordered).get(permission)).not.toContain(stage);
      expect(referencesOf(ordered).get(permission)).toContain(onlyId(ordered, 'AWS::ApiGateway::RestApi'));
      expect(findCycle(referencesOf(ordered))).toEqual([]);
    },
  );

  it('says when to come back where a bucket or a quota is empty, in the body that clients know', () => {
    expect(responses(template)).toMatchObject({
      THROTTLED: { RestApiId, ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" } },
      QUOTA_EXCEEDED: { RestApiId, ResponseParameters: { 'gatewayresponse.header.Retry-After': "'3600'" } },
    });
    for (const type of ['THROTTLED', 'QUOTA_EXCEEDED']) {
      expect(Object.keys(responses(template)[type])).not.toContain('ResponseTemplates');
    }
  });

  it('answers what Lambda refuses by 503, when to come back, and a message', () => {
    const { StatusCode, ResponseParameters, ResponseTemplates } = responses(template).INTEGRATION_FAILURE;
    expect({ StatusCode, ResponseParameters }).toEqual({
      StatusCode: '503',
      ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
    });
    expect(JSON.parse(ResponseTemplates['application/json'])).toEqual({
      message: expect.stringMatching(/\w/),
    });
  });

  it('logs what tells a throttle from other 4xx, and who was throttled', () => {
    const { AccessLogSetting } = only(template, 'AWS::ApiGateway::Stage').Properties;
    expect(JSON.parse(AccessLogSetting.Format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      responseType: '$context.error.responseType',
      latencyMs: '$context.responseLatency',
      integrationLatencyMs: '$context.integrationLatency',
      callerArn: '$context.identity.userArn',
      apiKeyId: '$context.identity.apiKeyId',
    });
  });

  it('leaves the account-wide logging role behind, which other stages use, too', () => {
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::ApiGateway::Account', { CloudWatchRoleArn: Match.anyValue() });
  });
});
