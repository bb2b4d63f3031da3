import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from '../read-template.ts';
import { buildStageModel, type StageModel } from '../stage-model.ts';
import { TemplateError } from '../template-error.ts';
import { templateSchema } from '../template-schema.ts';

const HTTP = join(__dirname, '../../../e2e/__fixtures__/http-stage/Http.template.json');
const bundle = mkdtempSync(join(tmpdir(), 'spillway-bundle-'));

afterAll(() => rmSync(bundle, { recursive: true }));

const ApiId = { Ref: 'Api' };
const arn = { 'Fn::GetAtt': ['Fn', 'Arn'] };

type Properties = Record<string, unknown>;

/** The model of one API with one route and one stage, each with these properties beside its own. */
function modelOf(
  changes: { api?: Properties; integration?: Properties; route?: Properties; stage?: Properties } = {},
  more: Properties = {},
): StageModel {
  const resource = (Type: string, Properties: Properties): unknown => ({ Type, Properties });
  const Resources = {
    Api: resource('AWS::ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP', ...changes.api }),
    Call: resource('AWS::ApiGatewayV2::Integration', {
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn,
      PayloadFormatVersion: '2.0',
      ...changes.integration,
    }),
    Route: resource('AWS::ApiGatewayV2::Route', {
      ApiId,
      RouteKey: 'GET /a',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Call' }]] },
      ...changes.route,
    }),
    Stage: resource('AWS::ApiGatewayV2::Stage', { ApiId, StageName: 'prod', ...changes.stage }),
    Fn: resource('AWS::Lambda::Function', {
      Code: { S3Key: 'b.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
    }),
    ...more,
  };
  const source = {
    templateFile: 'Some.template.json',
    stackName: 'Some',
    template: templateSchema.parse({ Resources }),
    assetPaths: new Map([['b.zip', bundle]]),
  };
  return buildStageModel(source, 'us-east-1');
}

const routeOf = (...of: Parameters<typeof modelOf>): unknown => modelOf(...of).httpStages[0]?.routes[0];

describe('readHttpStages', () => {
  it('finds the stages, routes, throttles, CORS and access logs of a synthesized template', async () => {
    const model = buildStageModel(await readTemplate(HTTP), 'us-east-1');
    expect(model.httpStages.map(({ apiName, stageName }) => [apiName, stageName])).toEqual([
      ['echo', '$default'],
      ['echo', 'prod'],
      ['pets', 'dev'],
      ['quick', '$default'],
    ]);
    const [atRoot, prod] = model.httpStages;
    expect(atRoot?.routeSettings).toEqual({ 'GET /strict': { rateLimit: 0.01, burstLimit: 2 } });
    expect(atRoot?.accessLog).toBeNull();
    expect(prod).toMatchObject({
      defaultRouteSetting: { rateLimit: 1000, burstLimit: 2000, detailedMetrics: true },
      variables: { colour: 'blue' },
      autoDeploy: true,
      cors: {
        allowOrigins: ['https://app.example'],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['content-type', 'x-token'],
        exposeHeaders: ['x-count'],
        allowCredentials: true,
        maxAgeSeconds: 300,
      },
      accessLog: { logGroupName: 'Http-Logs' },
    });
    expect(model.notPlayed).toEqual(
      expect.arrayContaining([
        'API Chat: protocol WEBSOCKET',
        'GET /elsewhere: integration HTTP_PROXY (answers 501)',
        'GET /token: authorization JWT (answers 501)',
      ]),
    );
    expect(model.outputs).toContainEqual({
      key: 'ApiEndpoint',
      value: `https://${prod?.apiId}.execute-api.us-east-1.amazonaws.com`,
    });
  });

  it('needs no more than an API, a route, an integration and a stage', () => {
    const model = modelOf();
    expect(model.notPlayed).toEqual([]);
    expect(model.functions.map(({ name }) => name)).toEqual(['Some-Fn']);
    expect(model.httpStages).toMatchObject([
      {
        stageName: 'prod',
        cors: null,
        variables: null,
        defaultRouteSetting: {},
        routeSettings: {},
        routes: [
          {
            routeKey: 'GET /a',
            functionName: 'Some-Fn',
            authorizationType: 'NONE',
            payloadFormat: '2.0',
            integrationTimeoutMs: 30_000,
          },
        ],
      },
    ]);
  });

  it.each([
    ['its ARN', arn, null],
    ['an alias', { Ref: 'Live' }, 'live'],
    ['a version', { 'Fn::Join': [':', [arn, '7']] }, '7'],
    [
      'the path of its invocation',
      {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
      },
      null,
    ],
  ])('finds the function by %s', (_form, IntegrationUri, functionQualifier) => {
    const Live = {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Fn' }, FunctionVersion: '1', Name: 'live' },
    };
    expect(routeOf({ integration: { IntegrationUri } }, { Live })).toMatchObject({
      functionName: 'Some-Fn',
      functionQualifier,
    });
  });

  it.each([
    ['NONE', 'NONE', 'Some-Fn'],
    ['AWS_IAM', 'AWS_IAM', 'Some-Fn'],
    ['JWT', 'NOT_PLAYED', null],
    ['CUSTOM', 'NOT_PLAYED', null],
  ])('of authorization %s makes %s', (AuthorizationType, authorizationType, functionName) => {
    const model = modelOf({ route: { AuthorizationType } });
    expect(model.httpStages[0]?.routes[0]).toMatchObject({ authorizationType, functionName });
    expect(model.notPlayed.includes(`GET /a: authorization ${AuthorizationType} (answers 501)`)).toBe(
      functionName === null,
    );
  });

  it.each([
    ['HTTP_PROXY', { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://a.example' }],
    ['SQS-SendMessage', { IntegrationSubtype: 'SQS-SendMessage', IntegrationUri: undefined }],
    ['AWS_PROXY of other', { IntegrationUri: 'arn:aws:lambda:us-east-1:0:function:other' }],
  ])('names an integration %s and plays it not', (label, integration) => {
    const model = modelOf({ integration });
    expect(model.httpStages[0]?.routes[0]?.functionName).toBeNull();
    expect(model.notPlayed).toContain(`GET /a: integration ${label} (answers 501)`);
  });

  it('takes an integration timeout from 50 ms to 30 s (F18)', () => {
    const timeoutOf = (TimeoutInMillis: unknown): unknown => routeOf({ integration: { TimeoutInMillis } });
    expect(timeoutOf(50)).toMatchObject({ integrationTimeoutMs: 50 });
    expect(timeoutOf('30000')).toMatchObject({ integrationTimeoutMs: 30_000 });
    expect(() => timeoutOf(49)).toThrow(TemplateError);
    expect(() => timeoutOf(30_001)).toThrow(TemplateError);
  });

  it('takes limits from 0 up, and refuses those below', () => {
    const withLimit = (ThrottlingBurstLimit: unknown) => () =>
      modelOf({ stage: { DefaultRouteSettings: { ThrottlingBurstLimit } } });
    expect(withLimit('0')).not.toThrow();
    expect(withLimit(-7)).toThrow(/ThrottlingBurstLimit .*: found -7, want ≥ 0/);
  });

  it('refuses a payload format that there is not', () => {
    expect(() => modelOf({ integration: { PayloadFormatVersion: '3.0' } })).toThrow(TemplateError);
  });

  it("makes a quick-created API's route and stage", () => {
    const quick = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: arn } };
    const stage = modelOf({}, { Quick: quick }).httpStages.find(({ stageName }) => stageName === '$default');
    expect(stage).toMatchObject({ autoDeploy: true });
    expect(stage?.routes).toMatchObject([{ routeKey: '$default', functionName: 'Some-Fn' }]);
    const properties = { ProtocolType: 'HTTP', Target: 'https://a.example', RouteKey: 'GET /b' };
    const toUrl = modelOf({}, { Quick: { ...quick, Properties: properties } });
    expect(toUrl.notPlayed).toContain('GET /b: integration HTTP_PROXY (answers 501)');
  });

  it('names what of an API it does not play', () => {
    const api = { Body: {}, DisableExecuteApiEndpoint: true, RouteSelectionExpression: '${other}' };
    const integration = { RequestParameters: {}, ResponseParameters: {} };
    const lonely = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'lonely', ProtocolType: 'HTTP' } };
    const stage = { RouteSettings: { 'GET /a': {}, 'GET /b': {} } };
    expect(modelOf({ api, integration, stage }, { Lonely: lonely }).notPlayed).toEqual([
      'API Api: route selection ${other}',
      'route setting GET /b (API api has no such route)',
      'API lonely (no stage)',
      'AWS::ApiGatewayV2::Api.Body',
      'AWS::ApiGatewayV2::Api.DisableExecuteApiEndpoint',
      'AWS::ApiGatewayV2::Integration.RequestParameters',
      'AWS::ApiGatewayV2::Integration.ResponseParameters',
    ]);
  });
});
