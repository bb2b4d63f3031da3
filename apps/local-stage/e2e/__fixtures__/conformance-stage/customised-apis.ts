import {
  any,
  get,
  KEYED,
  methodSetting,
  once,
  ref,
  restApi,
  restStage,
  usagePlan,
  type Resource,
  type Resources,
} from './parts.ts';

/** The gateway responses of which F21 tells the default status. */
export const RESPONSE_TYPES = [
  'ACCESS_DENIED',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'THROTTLED',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

/** An API whose every gateway response says its type in a header and leaves its status as it is (F21). */
export function customisedApi(): Resources {
  const name = 'Custom';
  const responses = RESPONSE_TYPES.map((type): [string, Resource] => [
    `${name}${type.replaceAll('_', '')}`,
    {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: ref(name),
        ResponseType: type,
        ResponseParameters: {
          'gatewayresponse.header.X-Response-Type': `'${type}'`,
          ...(type === 'THROTTLED' ? { 'gatewayresponse.header.Retry-After': "'7'" } : {}),
        },
      },
    },
  ]);
  const statement = { Principal: '*', Action: 'execute-api:Invoke' };
  const validator = (what: string, validates: object): Resources => ({
    [what]: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId: ref(name), Name: what, ...validates },
    },
  });
  const Policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...statement, Resource: 'execute-api:/*' },
      { Effect: 'Deny', ...statement, Resource: 'execute-api:/*/GET/denied' },
    ],
  };
  const validated = {
    RequestValidatorId: ref('BodyValidator'),
    RequestModels: { 'application/json': ref('EntryModel') },
  };
  const mocked = {
    Integration: {
      Type: 'MOCK',
      PassthroughBehavior: 'NEVER',
      RequestTemplates: { 'application/json': '{"statusCode":200}' },
    },
  };
  return {
    ...restApi(name, { Policy, BinaryMediaTypes: ['application/octet-stream'] }, [
      any('ok'),
      get('denied'),
      get('strict'),
      get('keyed', KEYED),
      get('quota', KEYED),
      any('hang', 'Brief', 100),
      any('stopped', 'Stopped'),
      { ...get('body', validated), httpMethod: 'POST' },
      get('parameters', {
        RequestValidatorId: ref('ParameterValidator'),
        RequestParameters: { 'method.request.querystring.needed': true },
      }),
      { name: 'mock', httpMethod: 'POST', functionId: null, method: mocked },
    ]),
    ...restStage(name, 'prod', { MethodSettings: [methodSetting('GET', 'strict', once(1))] }),
    ...usagePlan('CustomQuota', name, ['prod'], { Quota: { Limit: 1, Period: 'MONTH' } }, [
      'KeyWithCustomQuota',
    ]),
    ...validator('BodyValidator', { ValidateRequestBody: true }),
    ...validator('ParameterValidator', { ValidateRequestParameters: true }),
    EntryModel: {
      Type: 'AWS::ApiGateway::Model',
      Properties: {
        RestApiId: ref(name),
        ContentType: 'application/json',
        Schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      },
    },
    ...Object.fromEntries(responses),
  };
}

/** An API that answers 503 to a throttled function (F16). */
export const unavailableApi = (): Resources => ({
  ...restApi('Unavailable', {}, [any('stopped', 'Stopped')]),
  ...restStage('Unavailable', 'prod', {}),
  UnavailableFailure: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { RestApiId: ref('Unavailable'), ResponseType: 'INTEGRATION_FAILURE', StatusCode: '503' },
  },
});
