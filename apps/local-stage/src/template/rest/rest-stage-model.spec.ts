import { join } from 'node:path';
import { synthesized } from '../__fixtures__/stack-of.ts';
import { readTemplate } from '../read-template.ts';
import type { RestStageModel } from './rest-stage-model.ts';
import { buildStageModel, type StageModel } from '../stage-model.ts';

const REST = join(__dirname, '../../../e2e/__fixtures__/rest-stage/Rest.template.json');

let model: StageModel;
beforeAll(async () => (model = buildStageModel(await readTemplate(REST), 'us-east-1')));

const method = (stage: RestStageModel | undefined, route: string) =>
  stage?.methods.find(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}` === route);

/** A stage with one method on its root. */
const stageOf = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): StageModel => {
  const resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
    Root: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'POST',
        Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{ statusCode: 200 }' } },
        ...properties,
      },
    },
    ...more,
  };
  return buildStageModel(synthesized('Some', { Resources: resources }), 'us-east-1');
};

describe('readRestStages', () => {
  it('finds keys, authorization, validation, mocks and logs of the methods and stages', () => {
    const [prod, beta, plain] = model.restStages;
    expect(method(prod, 'GET /keyed')).toMatchObject({ isApiKeyRequired: true, authorization: 'NONE' });
    expect(method(prod, 'POST /signed')).toMatchObject({ isApiKeyRequired: false, authorization: 'AWS_IAM' });
    expect(method(prod, 'GET /custom')).toMatchObject({ authorization: 'NOT_PLAYED' });
    expect(method(prod, 'GET /http')).toMatchObject({ functionName: null, mock: null });
    expect(method(prod, 'OPTIONS /items')?.mock?.responses).toEqual([
      {
        statusCode: 204,
        selectionPattern: null,
        headers: {
          'Access-Control-Allow-Headers': "'Content-Type,X-Api-Key'",
          'Access-Control-Allow-Origin': "'*'",
          'Access-Control-Allow-Methods': "'OPTIONS,POST'",
        },
        templates: {},
      },
    ]);
    expect(method(prod, 'POST /items')?.validation?.requiredParameters).toEqual([
      { source: 'querystring', name: 'page' },
      { source: 'header', name: 'X-Tenant' },
    ]);
    expect(prod?.accessLog?.logGroupName).toBe('/rest/access');
    expect(beta?.accessLog).toBeNull();
    expect(prod?.gatewayResponses.map(({ responseType }) => responseType)).toContain('THROTTLED');
    expect(plain?.gatewayResponses).toEqual([]);
  });

  it('names what it does not play, and nothing else', () => {
    expect(model.notPlayed).toEqual([
      'GET /custom: authorization CUSTOM (answers 501)',
      'GET /http: integration HTTP_PROXY (answers 501)',
    ]);
  });

  it.each([
    [
      'a mock whose template can not be parsed',
      { Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '#if(' } } },
      {},
      /^POST \/: integration MOCK \(answers 501: /,
    ],
    [
      'a model that is no schema',
      { RequestValidatorId: { Ref: 'Validator' }, RequestModels: { 'application/json': { Ref: 'Model' } } },
      {
        Validator: {
          Type: 'AWS::ApiGateway::RequestValidator',
          Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestBody: true },
        },
        Model: {
          Type: 'AWS::ApiGateway::Model',
          Properties: { RestApiId: { Ref: 'Api' }, Schema: { type: 'nonsense' } },
        },
      },
      /^POST \/: model Some-Model \(/,
    ],
    [
      'API keys of an authorizer',
      {},
      { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { ApiKeySourceType: 'AUTHORIZER' } } },
      /^RestApi: API keys from AUTHORIZER$/,
    ],
    [
      'a setting of a method that is not there',
      {},
      {
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            StageName: 'prod',
            MethodSettings: [{ ResourcePath: '/~1nope', HttpMethod: 'GET', ThrottlingRateLimit: 1 }],
          },
        },
      },
      /^method setting GET \/nope \(the API has no such method\)$/,
    ],
    [
      'a gateway response with logic',
      {},
      {
        Response: {
          Type: 'AWS::ApiGateway::GatewayResponse',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ResponseType: 'THROTTLED',
            ResponseTemplates: { 'application/json': '#if(true){}#end' },
          },
        },
      },
      /^gateway response THROTTLED: logic in its template$/,
    ],
    [
      'a usage plan key from elsewhere',
      {},
      {
        Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: {} },
        Link: {
          Type: 'AWS::ApiGateway::UsagePlanKey',
          Properties: { KeyId: 'abc', KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
        },
      },
      /^usage plan key Link \(its key abc is not in the template\)$/,
    ],
    [
      'a cache',
      {},
      {
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            StageName: 'prod',
            CacheClusterEnabled: true,
            CanarySetting: {},
            MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }],
          },
        },
      },
      /^AWS::ApiGateway::Stage\.MethodSettings: caching$/,
    ],
  ])('names %s and starts', (_case, properties, more, note) => {
    expect(stageOf(properties, more).notPlayed).toContainEqual(expect.stringMatching(note));
  });
});

describe('resources that hang on nothing', () => {
  const resource = (ParentId: unknown): object => ({
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId, PathPart: 'part' },
  });
  const method = (ResourceId: unknown, RestApiId: unknown = { Ref: 'Api' }): object => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId, ResourceId, HttpMethod: 'GET', Integration: { Type: 'MOCK' } },
  });

  it('are named with their methods, and do not stand at the root', () => {
    const found = stageOf(
      {},
      {
        Orphan: resource('gone'),
        OfOrphan: method({ Ref: 'Orphan' }),
        Round: resource({ Ref: 'Trip' }),
        Trip: resource({ Ref: 'Round' }),
      },
    );
    expect(found.restStages[0]?.methods.map(({ httpMethod }) => httpMethod)).toEqual(['POST']);
    expect(found.notPlayed).toEqual([
      'resource Orphan (no parent gone in the API)',
      'resource Round (its parent Trip has no path either)',
      'resource Trip (its parent Round has no path either)',
      'method GET OfOrphan (its resource has no path)',
    ]);
  });

  it('are of no interest in the API of another stack', () => {
    const elsewhere = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: 'other', ParentId: 'x', PathPart: 'y' },
    };
    expect(stageOf({}, { elsewhere, Other: method('z', 'other') }).notPlayed).toEqual([
      'AWS::ApiGateway::Resource of an API that is not in this template',
      'AWS::ApiGateway::Method of an API that is not in this template',
    ]);
  });
});

describe('limits that AWS refuses', () => {
  const settingOf = (setting: object) => () =>
    stageOf(
      {},
      {
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', MethodSettings: [setting] },
        },
      },
    );

  it.each([
    [{ ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }],
    [{ ThrottlingRateLimit: 0, ThrottlingBurstLimit: '0' }],
    [{ ThrottlingRateLimit: '0.5' }],
  ])('%j is taken', (setting) => {
    expect(settingOf(setting)).not.toThrow();
  });

  it.each([
    [
      { ThrottlingBurstLimit: -7 },
      /ThrottlingBurstLimit \(AWS::ApiGateway::Stage\): found -7, want a limit ≥ 0/,
    ],
    [{ ThrottlingRateLimit: -0.5 }, /found -0\.5, want a limit ≥ 0, or -1 for none/],
    [{ ThrottlingBurstLimit: 1.5 }, /found 1\.5, want int/],
    [{ ThrottlingRateLimit: 'many' }, /found 'many', want number/],
  ])('%j is refused', (setting, message) => {
    expect(settingOf(setting)).toThrow(message);
  });
});

describe('readUsagePlans', () => {
  it('finds the plans with their limits, stages and keys', () => {
    const [gold, metered] = model.usagePlans;
    expect(gold).toMatchObject({
      throttle: { rateLimit: 0.001, burstLimit: 3 },
      quota: null,
      stages: [
        { stageName: 'prod', methodThrottles: { '/fast/GET': { rateLimit: 0.001, burstLimit: 1 } } },
        { stageName: 'beta', methodThrottles: {} },
      ],
    });
    expect(gold?.keys.map(({ name }) => name)).toEqual(['alice', 'bob', 'carol']);
    expect(metered).toMatchObject({ throttle: null, quota: { limit: 4, offset: 2, period: 'MONTH' } });
  });

  it('draws a value of 40 letters and digits for a key without one, the same each time', async () => {
    const bob = model.apiKeys.find(({ name }) => name === 'bob');
    const again = buildStageModel(await readTemplate(REST), 'us-east-1');
    expect(bob?.value).toMatch(/^[a-z0-9]{40}$/);
    expect(again.apiKeys.find(({ name }) => name === 'bob')).toEqual(bob);
  });

  it('takes a key that does not say that it is enabled as disabled', () => {
    const key = { Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Value: 'x'.repeat(20) } } };
    expect(stageOf({}, key).apiKeys).toMatchObject([{ name: 'Key', isEnabled: false }]);
  });
});
