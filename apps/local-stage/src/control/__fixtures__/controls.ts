import { stageOf as httpStage, route } from '../../gateway/__fixtures__/http-api-stage.ts';
import { restMethod, restStage } from '../../gateway/__fixtures__/rest-models.ts';
import type { ServedHttpStage } from '../../gateway/http-api/http-api-route.ts';
import { HttpStageThrottle } from '../../gateway/http-api/http-api-throttle.ts';
import { StageThrottle } from '../../gateway/rest/stage-throttle.ts';
import type { ServedStage } from '../../gateway/rest/rest-route.ts';
import { TEXT_LOGGING } from '../../lambda/function-logging.ts';
import { FunctionVersions } from '../../lambda/function-versions.ts';
import { AwsError } from '../aws-error.ts';
import { MetricsStore } from '../metrics-store.ts';
import type { ControlledFunction, StageControls } from '../stage-controls.ts';

export const REST_API = 'rest123456';
export const HTTP_API = 'http123456';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';

interface ControlsFixture {
  readonly region?: string;
  readonly roleArn?: string;
  /** Qualifier that the gateway calls the function with. */
  readonly calledAs?: string;
}

/** A stack `Some` of one function behind one API of each kind, in us-east-1 unless said otherwise. */
export function controls(own: ControlsFixture = {}): StageControls {
  const rest = restStage({
    apiId: REST_API,
    methods: [restMethod(), restMethod({ resourcePath: '/' })],
    methodSettings: [
      { resourcePath: '*', httpMethod: '*', rateLimit: 10, burstLimit: 20 },
      { resourcePath: '/', httpMethod: 'GET', rateLimit: 1, burstLimit: 2, detailedMetrics: true },
    ],
  });
  const http = httpStage([route('GET /a')], { apiId: HTTP_API, defaultRouteSetting: { rateLimit: 5 } });
  const region = own.region ?? 'us-east-1';
  return {
    model: {
      stackName: 'Some',
      region,
      accountId: '000000000000',
      templateText: '{"Resources":{}}',
      restStages: [rest],
      httpStages: [http],
      usagePlans: [],
      apiKeys: [],
      functions: [],
      tables: [],
      outputs: [{ key: 'Url', value: 'https://rest123456.execute-api.us-east-1.amazonaws.com/prod <&>' }],
      notPlayed: [],
    },
    quotas: { concurrency: 1000, rateLimit: 10_000, burstLimit: 5000 },
    metrics: new MetricsStore(),
    metricDelayMs: 0,
    // The gateway's side of the stages is none of the AWS endpoint's business.
    restStages: [{ model: rest, throttle: new StageThrottle(rest, 0) } as ServedStage],
    httpStages: [{ model: http, throttle: new HttpStageThrottle(http, 0) } as ServedHttpStage],
    functions: new Map([['f', playedFunction(own)]]),
    origins: new Map([[REST_API, 'http://127.0.0.1:4510']]),
    engineEndpoint: 'http://127.0.0.1:8000',
    nowMs: () => 0,
    startedAt: new Date(0),
  };
}

function playedFunction(own: ControlsFixture): ControlledFunction {
  const common = {
    name: 'f',
    arn: FUNCTION_ARN,
    handler: 'index.handler',
    timeoutMs: 3000,
    memorySizeMb: 128,
  };
  const called = { aliases: { live: '1' }, calledAs: own.calledAs ?? null };
  let definition: ControlledFunction['pool']['definition'] = {
    ...common,
    bundleDirectory: '/bundle',
    environment: {},
    reservedConcurrency: null,
  };
  return {
    model: {
      ...common,
      roleArn: own.roleArn ?? null,
      bundleDirectory: '/bundle',
      bundleHash: 'abcd',
      inlineCode: null,
      runtime: 'nodejs24.x',
      environment: { COLOUR: 'blue' },
      moduleFolders: [],
      reservedConcurrency: null,
      logging: TEXT_LOGGING,
      logGroupName: '/aws/lambda/f',
      ...called,
    },
    versions: new FunctionVersions({ ...common, ...called }),
    tags: new Map(),
    pool: {
      get definition() {
        return definition;
      },
      configure: (change) => {
        definition = { ...definition, ...change };
      },
    },
  };
}

/** The error that work ends with; it is a failure when there is none. */
export function refusalOf(work: () => unknown): Pick<AwsError, 'code' | 'statusCode' | 'message'> {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.code, statusCode: error.statusCode, message: error.message };
  }
  throw new Error('was not refused');
}
