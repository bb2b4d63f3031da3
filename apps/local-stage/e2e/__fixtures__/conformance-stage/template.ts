import { customisedApi, unavailableApi } from './customised-apis.ts';
import { functions, tables } from './functions-and-tables.ts';
import {
  any,
  get,
  httpApi,
  httpStage,
  KEYED,
  methodSetting,
  once,
  ref,
  restApi,
  restStage,
  usagePlan,
  type Resources,
  type Route,
} from './parts.ts';

/** Of the format that F22 counts throttles from. */
const LOG_FORMAT = '$context.status $context.error.responseType';

/** What both kinds of API have alike. */
const commonRoutes = (kind: 'Rest' | 'Http'): readonly Route[] => [
  ...['ok', 'wait', 'teapot', 'throw', 'exit', 'malformed', 'switching', 'own-headers'].map((name) =>
    any(name),
  ),
  ...['count', 'sized', 'event-bytes', 'tables'].map((name) => any(name)),
  ...['strict', 'burst', 'refill'].map((name) => get(name)),
  any('hang', 'Brief', 100),
  any('brief', 'Brief'),
  any('stopped', 'Stopped'),
  any('single', 'Single'),
  any('hold', `${kind}Crowd`),
  any('many', `${kind}Many`),
  any('ten', `${kind}Ten`),
  any('uncounted', `${kind}Uncounted`),
  any('counted', `${kind}Counted`),
  any('slow-init', `${kind}SlowInit`),
];

const LIMITED_METHODS = {
  strict: once(3),
  burst: once(3),
  refill: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 1 },
};

function rest(): Resources {
  const keyed = ['keyed', 'keyed-too', 'planned', 'quota'].map((name) => get(name, KEYED));
  const signed = get('signed', { AuthorizationType: 'AWS_IAM', ...KEYED });
  const each = [get('a'), { ...get('a'), httpMethod: 'POST' }, get('b')];
  const limited = Object.entries({ ...LIMITED_METHODS, planned: once(3) });
  return {
    ...restApi('Rest', {}, [...commonRoutes('Rest'), ...keyed, signed, ...each]),
    ...restStage('Rest', 'prod', {
      MethodSettings: limited.map(([name, limits]) => methodSetting('GET', name, limits)),
    }),
    ...restStage('Rest', 'each', { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...once(2) }] }),
    ...restStage('Rest', 'second', {
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', MetricsEnabled: true }],
    }),
    ...restStage('Rest', 'measured', {
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', MetricsEnabled: true }],
    }),
    ...restStage('Rest', 'logged', {
      MethodSettings: [methodSetting('GET', 'strict', once(1))],
      AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['RestLog', 'Arn'] }, Format: LOG_FORMAT },
    }),
    ...usagePlan('Limited', 'Rest', ['prod', 'second'], { Throttle: { RateLimit: 0.001, BurstLimit: 2 } }, [
      'KeyOfTheOrder',
      'KeyOfTheBypass',
      'KeyOfOneClient',
      'KeyOfAnotherClient',
      'KeyOfTwoStages',
    ]),
    ...usagePlan(
      'ByMethod',
      'Rest',
      ['prod'],
      { methods: { '/keyed/GET': { RateLimit: 0.001, BurstLimit: 1 } } },
      ['KeyByMethod'],
    ),
    ...usagePlan('Unlimited', 'Rest', ['prod'], {}, ['KeyWithoutLimits']),
    ...usagePlan('Quota', 'Rest', ['prod'], { Quota: { Limit: 2, Period: 'MONTH' } }, ['KeyWithQuota']),
  };
}

function http(): Resources {
  const limited = Object.entries(LIMITED_METHODS).map(([name, limits]) => [`GET /${name}`, limits]);
  return {
    ...httpApi('Http', commonRoutes('Http')),
    ...httpStage('Http', '$default', { RouteSettings: Object.fromEntries(limited) }),
    ...httpStage('Http', 'each', { DefaultRouteSettings: once(2) }),
    ...httpStage('Http', 'measured', { DefaultRouteSettings: { DetailedMetricsEnabled: true } }),
    ...httpStage('Http', 'logged', {
      RouteSettings: { 'GET /strict': once(1) },
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['HttpLog', 'Arn'] }, Format: LOG_FORMAT },
    }),
  };
}

/** The stack of the conformance suite: both kinds of API in front of the same functions. */
export function conformanceTemplate(folder: string): object {
  const origin = (id: string): object => ({
    Value: { 'Fn::Sub': `https://\${${id}}.execute-api.\${AWS::Region}.amazonaws.com` },
  });
  return {
    Resources: {
      ...rest(),
      ...http(),
      ...customisedApi(),
      ...unavailableApi(),
      ...functions(folder),
      ...tables(),
      RestLog: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'conformance-rest' } },
      HttpLog: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'conformance-http' } },
    },
    Outputs: {
      RestOrigin: origin('Rest'),
      HttpOrigin: origin('Http'),
      CustomOrigin: origin('Custom'),
      UnavailableOrigin: origin('Unavailable'),
      RestApiId: { Value: ref('Rest') },
      HttpApiId: { Value: ref('Http') },
    },
  };
}
