/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<string, Resource>>;

/** Requests/s and requests, as both kinds of API spell them. */
export interface Limits {
  readonly ThrottlingRateLimit: number;
  readonly ThrottlingBurstLimit: number;
}

/** So slow a refill that no test sees a second token. */
export const once = (burst: number): Limits => ({ ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: burst });

/** A route of either kind; the name is its path and says what the function does. */
export interface Route {
  readonly name: string;
  readonly httpMethod: string;
  /** Logical id; null answers by itself (REST only). */
  readonly functionId: string | null;
  readonly timeoutMs?: number;
  /** Further properties of a REST method. */
  readonly method?: Readonly<Record<string, unknown>>;
}

/** Takes every method. */
export const any = (name: string, functionId = 'Actions', timeoutMs?: number): Route => ({
  name,
  httpMethod: 'ANY',
  functionId,
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
});

export const get = (name: string, method?: Route['method']): Route => ({
  name,
  httpMethod: 'GET',
  functionId: 'Actions',
  ...(method === undefined ? {} : { method }),
});

export const KEYED = { ApiKeyRequired: true };

export const ref = (logicalId: string): object => ({ Ref: logicalId });

const resource = (Type: string, Properties: Resource['Properties']): Resource => ({ Type, Properties });

/** A table with partition key `id`. */
export const table = (TableName: string, throughput: Resource['Properties']): Resource =>
  resource('AWS::DynamoDB::Table', {
    TableName,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    ...throughput,
  });

/** The resources and methods of a REST API. */
export function restApi(id: string, api: Resource['Properties'], routes: readonly Route[]): Resources {
  const names = [...new Set(routes.map(({ name }) => name))];
  return {
    [id]: resource('AWS::ApiGateway::RestApi', { Name: id, ...api }),
    [`${id}Deployment`]: resource('AWS::ApiGateway::Deployment', { RestApiId: ref(id) }),
    ...Object.fromEntries(
      names.map((name) => [
        `${id}${name.replace('-', '')}Resource`,
        resource('AWS::ApiGateway::Resource', {
          RestApiId: ref(id),
          ParentId: { 'Fn::GetAtt': [id, 'RootResourceId'] },
          PathPart: name,
        }),
      ]),
    ),
    ...Object.fromEntries(
      routes.map((route) => [
        `${id}${route.name.replace('-', '')}${route.httpMethod}`,
        restMethod(id, route),
      ]),
    ),
  };
}

function restMethod(id: string, { name, httpMethod, functionId, timeoutMs, method }: Route): Resource {
  const functions = 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions';
  return resource('AWS::ApiGateway::Method', {
    RestApiId: ref(id),
    ResourceId: ref(`${id}${name.replace('-', '')}Resource`),
    HttpMethod: httpMethod,
    AuthorizationType: 'NONE',
    ...(functionId === null
      ? {}
      : {
          Integration: {
            Type: 'AWS_PROXY',
            IntegrationHttpMethod: 'POST',
            Uri: { 'Fn::Sub': `${functions}/\${${functionId}.Arn}/invocations` },
            ...(timeoutMs === undefined ? {} : { TimeoutInMillis: timeoutMs }),
          },
        }),
    ...method,
  });
}

/** One more stage of a REST API. */
export const restStage = (id: string, StageName: string, properties: Resource['Properties']): Resources => ({
  [`${id}${StageName}Stage`]: resource('AWS::ApiGateway::Stage', {
    RestApiId: ref(id),
    DeploymentId: ref(`${id}Deployment`),
    StageName,
    ...properties,
  }),
});

/** The setting of one method of a stage; CloudFormation writes the slash inside a path as `~1`. */
export const methodSetting = (httpMethod: string, name: string, limits: Limits): object => ({
  HttpMethod: httpMethod,
  ResourcePath: `/~1${name}`,
  ...limits,
});

/** The routes of an HTTP API, each with an integration of its own. */
export function httpApi(id: string, routes: readonly Route[]): Resources {
  return {
    [id]: resource('AWS::ApiGatewayV2::Api', { Name: id, ProtocolType: 'HTTP' }),
    ...Object.fromEntries(
      routes.flatMap(({ name, httpMethod, functionId, timeoutMs }) => {
        const routeId = `${id}${name.replace('-', '')}${httpMethod}`;
        const integration = resource('AWS::ApiGatewayV2::Integration', {
          ApiId: ref(id),
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
          PayloadFormatVersion: '2.0',
          ...(timeoutMs === undefined ? {} : { TimeoutInMillis: timeoutMs }),
        });
        const route = resource('AWS::ApiGatewayV2::Route', {
          ApiId: ref(id),
          RouteKey: `${httpMethod} /${name}`,
          Target: { 'Fn::Join': ['/', ['integrations', ref(`${routeId}Integration`)]] },
        });
        return [
          [routeId, route],
          [`${routeId}Integration`, integration],
        ];
      }),
    ),
  };
}

/** One more stage of an HTTP API. */
export const httpStage = (id: string, StageName: string, properties: Resource['Properties']): Resources => ({
  [`${id}${StageName.replace('$', '')}Stage`]: resource('AWS::ApiGatewayV2::Stage', {
    ApiId: ref(id),
    StageName,
    AutoDeploy: true,
    ...properties,
  }),
});

/**
 * A usage plan of some stages of an API, with its keys: the id of a key is its value.
 * @param methods of the properties: throttles of single methods, as `/entries/GET`
 */
export function usagePlan(
  id: string,
  apiId: string,
  stages: readonly string[],
  { methods, ...properties }: Resource['Properties'],
  keys: readonly string[],
): Resources {
  return {
    [id]: resource('AWS::ApiGateway::UsagePlan', {
      UsagePlanName: id,
      ApiStages: stages.map((stage) => ({
        ApiId: ref(apiId),
        Stage: ref(`${apiId}${stage}Stage`),
        ...(methods === undefined ? {} : { Throttle: methods }),
      })),
      ...properties,
    }),
    ...Object.fromEntries(
      keys.flatMap((key) => [
        [key, resource('AWS::ApiGateway::ApiKey', { Name: key, Value: key, Enabled: true })],
        [
          `${key}InPlan`,
          resource('AWS::ApiGateway::UsagePlanKey', {
            KeyId: ref(key),
            KeyType: 'API_KEY',
            UsagePlanId: ref(id),
          }),
        ],
      ]),
    ),
  };
}
