import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ECHO_TEMPLATE, HTTP_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';

const run = promisify(execFile);

/** A call of the command line with its arguments, and what its answer has in it. */
type Call = readonly [service: string, args: readonly string[], answer: object];

const FUNCTION = 'Echo-SlowFunction';
const isInstalled = spawnSync('aws', ['--version']).status === 0;
// Each call starts a Python of its own.
jest.setTimeout(60_000);

/** Calls `aws`, with nothing of the caller's own configuration. */
async function aws({ awsEndpoint, region }: StageProcess, args: readonly string[]): Promise<unknown> {
  const { stdout } = await run('aws', [`--endpoint-url=${awsEndpoint}`, '--output=json', ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nowhere',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: region,
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
    },
  });
  return JSON.parse(stdout);
}

/** What of it depends on the stage is put in for these words. */
async function withIds(stage: StageProcess, args: readonly string[]): Promise<readonly string[]> {
  if (!args.includes('API_ID')) return args;
  const { Stacks } = (await aws(stage, ['cloudformation', 'describe-stacks'])) as {
    Stacks: { Outputs: { OutputKey: string; OutputValue: string }[] }[];
  };
  const id = Stacks[0]?.Outputs.find(({ OutputKey }) => /ApiId$/.test(OutputKey))?.OutputValue ?? '';
  return args.map((arg) => (arg === 'API_ID' ? id : arg));
}

const QUERY = JSON.stringify([
  {
    Id: 'count',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/ApiGateway',
        MetricName: 'Count',
        Dimensions: [
          { Name: 'ApiName', Value: 'echo' },
          { Name: 'Stage', Value: 'prod' },
        ],
      },
      Period: 3600,
      Stat: 'Sum',
    },
  },
]);

const ofRest: readonly Call[] = [
  ['CloudFormation', ['cloudformation', 'describe-stacks'], { Stacks: [{ StackName: 'Echo' }] }],
  ['STS', ['sts', 'get-caller-identity'], { Account: '000000000000' }],
  [
    'API Gateway',
    [
      ...['apigateway', 'update-stage', '--rest-api-id', 'API_ID', '--stage-name', 'prod'],
      '--patch-operations=op=replace,path=/~1strict/GET/throttling/burstLimit,value=3',
    ],
    { methodSettings: { '~1strict/GET': { throttlingBurstLimit: 3 } } },
  ],
  [
    'Lambda',
    ['lambda', 'put-function-concurrency', '--function-name', FUNCTION, '--reserved-concurrent-executions=3'],
    { ReservedConcurrentExecutions: 3 },
  ],
  [
    'CloudWatch',
    [
      ...['cloudwatch', 'get-metric-data', '--metric-data-queries', QUERY],
      `--start-time=${new Date(Date.now() - 3600_000).toISOString()}`,
      `--end-time=${new Date(Date.now() + 3600_000).toISOString()}`,
    ],
    { MetricDataResults: [{ Id: 'count', Values: [1], StatusCode: 'Complete' }] },
  ],
  [
    'Service Quotas',
    ['service-quotas', 'get-service-quota', '--service-code=lambda', '--quota-code=L-B99A9384'],
    { Quota: { Value: 1000 } },
  ],
  ['DynamoDB', ['dynamodb', 'list-tables'], { TableNames: ['Echo-Table'] }],
];

const ofHttp: readonly Call[] = [
  ['API Gateway V2', ['apigatewayv2', 'get-api', '--api-id', 'API_ID'], { ProtocolType: 'HTTP' }],
];

// Not a package of npm's: where a machine has no aws, the SDK clients of control-endpoints.spec.ts are the proof.
(isInstalled ? describe : describe.skip).each([
  ['a REST API', ECHO_TEMPLATE, ofRest],
  ['an HTTP API', HTTP_TEMPLATE, ofHttp],
] as const)('the AWS CLI, where it is installed, with a stage of %s', (_kind, template, calls) => {
  let stage: StageProcess;

  beforeAll(async () => {
    stage = await startStageProcess(`--template=${template}`, '--engine=dynalite');
    await fetch(`${stage.baseUrl}/echo`);
  });

  afterAll(() => stage.stop());

  it.each(calls)('is answered by %s', async (_service, args, answer) => {
    expect(await aws(stage, await withIds(stage, args))).toMatchObject(answer);
  });
});
