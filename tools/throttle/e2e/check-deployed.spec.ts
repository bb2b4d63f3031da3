import { APIGatewayClient, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  UpdateStageCommand as UpdateHttpStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { startDeployedStage, throttle, type DeployedKind } from './deployed-stage.ts';

type Stage = Awaited<ReturnType<typeof startDeployedStage>>;

const clientConfig = ({ awsEndpoint }: Stage) => ({
  endpoint: awsEndpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

async function outputsOf(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const client = new CloudFormationClient(clientConfig(stage));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Spillway-dev' }));
  const pairs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('throttle check', () => {
  it('asks nothing of AWS unless told to', () => {
    const nobody = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    expect(throttle(['check', '--stage=dev'], nobody)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^dev: placeholder: .*\n$/),
    });
  });

  it.each([
    ['no stage', ['check', '--deployed'], 2, /--deployed wants one stage/],
    ['a profile for nothing', ['check', '--aws-profile=me'], 2, /goes with --deployed/],
    ['a stage that is not configured', ['check', '--stage=local2', '--deployed'], 1, /no stage "local2"/],
    ['no Region', ['check', '--stage=dev', '--deployed'], 1, /AWS can't be asked .*set AWS_REGION/],
  ])('says in one line that it was given %s', (_what, args, status, line) => {
    const outcome = throttle(args);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
  });

  it('says in one line that nobody answers', () => {
    const variables = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    const { status, stderr } = throttle(['check', '--stage=dev', '--deployed'], variables);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^.*ECONNREFUSED.*\n$/) });
  });
});

const kinds: readonly (readonly [string, DeployedKind])[] = [
  ['a REST API', { api: 'rest', rollout: 'all-at-once' }],
  ['an HTTP API, its function behind an alias', { api: 'http', rollout: 'canary-10-percent-5-minutes' }],
];

describe.each(kinds)('throttle check --deployed of %s', (_what, kind) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startDeployedStage(kind);
  });
  afterAll(() => stage.stop());

  const setThrottle = async (rate: number, burst: number) => {
    const { RestApiId, HttpApiId, ApiStageName } = await outputsOf(stage);
    if (RestApiId !== undefined) {
      const replace = (limit: string, value: number) =>
        ({ op: 'replace', path: `/*/*/throttling/${limit}`, value: String(value) }) as const;
      const patchOperations = [replace('rateLimit', rate), replace('burstLimit', burst)];
      const named = { restApiId: RestApiId, stageName: ApiStageName };
      await new APIGatewayClient(clientConfig(stage)).send(
        new UpdateStageCommand({ ...named, patchOperations }),
      );
      return;
    }
    const DefaultRouteSettings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
    const named = { ApiId: HttpApiId, StageName: ApiStageName };
    await new ApiGatewayV2Client(clientConfig(stage)).send(
      new UpdateHttpStageCommand({ ...named, DefaultRouteSettings }),
    );
  };

  it('names stage, account and Region, and finds no drift in what was deployed', () => {
    const { status, stdout, stderr } = stage.check(['--deployed']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Stage +dev, account 000000000000, us-east-1, stack Spillway-dev \(CREATE_COMPLETE\)$/m,
    );
    expect(stdout).toMatch(/^ +✓ rateLimit +1,000\/s +1,000\/s +–$/m);
    expect(stdout).toMatch(/^ +✓ POST \/batch +1\/s, burst 200 +1\/s, burst 200 +–$/m);
    expect(stdout).toMatch(/^ +✓ timeoutSeconds +29 s +29 s +–$/m);
    expect(stdout).toMatch(/^ +✓ bundle +([0-9a-f]{12}) +\1 +–$/m);
    expect(stdout).toMatch(/^ +✓ template +([0-9a-f]{12}) +\1 +–$/m);
    expect(stdout).toContain('Verdict  no drift');
    expect(/alias live +1 /.test(stdout)).toBe(kind.rollout !== 'all-at-once');
  });

  it('refuses to look into another account than the configured one', () => {
    const place = { SPILLWAY_DEV_ACCOUNT: '111122223333', SPILLWAY_DEV_REGION: 'us-east-1' };
    const { status, stdout, stderr } = stage.check(['--deployed'], place);
    expect(status).toBe(1);
    expect(stdout).not.toContain('Verdict');
    expect(stderr).toMatch(/^stage dev, account 000000000000, us-east-1: want account 111122223333.*\n$/);
  });

  it('finds limits that were changed by hand, and says how to put them back', async () => {
    await setThrottle(5000, 2000);
    const lambda = new LambdaClient(clientConfig(stage));
    const { FunctionName } = await outputsOf(stage);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    const { status, stdout } = stage.check(['--deployed']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ rateLimit +5,000\/s +1,000\/s .*not what the file says/);
    expect(stdout).toMatch(/✓ burstLimit /);
    expect(stdout).toMatch(/✗ reservedConcurrency +– +100 .*not set/);
    expect(stdout).toMatch(/Verdict +drift in 2 of \d+: rateLimit, reservedConcurrency/);
    expect(stdout).toContain('npx nx deploy infra --stage=dev --revert-drift');
    await setThrottle(1000, 2000);
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 100 }));
    expect(stage.check(['--deployed']).status).toBe(0);
  });

  it('finds a file that is ahead of what is deployed', () => {
    const takeBack = stage.editLimits({ timeoutSeconds: 10, rateLimit: 500 });
    const { status, stdout } = stage.check(['--deployed']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ timeoutSeconds +29 s +10 s .*not what the file says/);
    expect(stdout).toMatch(
      /✗ POST \/batch +1\/s, burst 200 +0\.5\/s, burst 200 .*not what the template says/,
    );
    takeBack();
    expect(stage.check(['--deployed']).status).toBe(0);
  });

  it('names the lease of a load test that holds the stage', async () => {
    const lambda = new LambdaClient(clientConfig(stage));
    const { FunctionName } = await outputsOf(stage);
    const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Resource = FunctionArn;
    await lambda.send(
      new TagResourceCommand({ Resource, Tags: { 'spillway:lease': 'run=one state=lifted' } }),
    );
    const { status, stdout } = stage.check(['--deployed']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Lease +run=one state=lifted$/m);
    expect(stdout).toMatch(/✗ lease +held +none +– +a load test is under way, or was killed/);
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['spillway:lease'] }));
    expect(stage.check(['--deployed']).status).toBe(0);
  });

  it('finds an alias that a killed load test left on $LATEST, and none where the gateway calls the function', async () => {
    const { FunctionName, FunctionAlias } = await outputsOf(stage);
    if (FunctionAlias === undefined) {
      expect(stage.check(['--deployed']).stdout).not.toContain('alias');
      return;
    }
    const alias = { FunctionName, Name: FunctionAlias };
    const lambda = new LambdaClient(clientConfig(stage));
    await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '$LATEST' }));
    const { status, stdout } = stage.check(['--deployed']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ alias live +\$LATEST +one version .*a load test is under way, or was killed/);
    expect(stdout).toContain('npx nx run loadtest restore --stage=dev');
    await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '1' }));
    expect(stage.check(['--deployed']).status).toBe(0);
  });
});
