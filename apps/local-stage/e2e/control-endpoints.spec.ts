import {
  APIGatewayClient,
  GetRestApiCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { setTimeout as sleep } from 'node:timers/promises';
import { ECHO_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';
import { readMetrics, type MetricQuestion } from './read-metrics.ts';

let stage: StageProcess;
let settings: {
  endpoint: string;
  region: string;
  maxAttempts: number;
  credentials: { accessKeyId: string; secretAccessKey: string };
};
let apiId: string;

beforeAll(async () => {
  stage = await startStageProcess(
    `--template=${ECHO_TEMPLATE}`,
    '--engine=dynalite',
    '--account-concurrency=400',
    '--account-rate=7000',
    '--account-burst=3000',
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  settings = { endpoint: stage.awsEndpoint, region: stage.region, maxAttempts: 1, credentials };
  apiId = (await outputs())['RestApiId'] ?? '';
});

afterAll(() => stage.stop());

async function outputs(): Promise<Record<string, string | undefined>> {
  const client = new CloudFormationClient(settings);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stage.stackName }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((o) => [o.OutputKey, o.OutputValue]));
}

const statuses = async (path: string, count: number, method = 'GET'): Promise<number[]> => {
  const sent = Array.from({ length: count }, () => fetch(`${stage.baseUrl}${path}`, { method }));
  return (await Promise.all(sent)).map(({ status }) => status).sort();
};

describe('CloudFormation', () => {
  it("gives the stack's outputs with the API at its local address", async () => {
    expect(await outputs()).toEqual({
      ApiUrl: stage.baseUrl,
      RestApiId: expect.stringMatching(/^[a-z0-9]{10}$/) as string,
      ApiStageName: 'prod',
      FunctionName: 'Echo-EchoFunction',
      TableName: 'Echo-Table',
    });
  });

  it('knows no other stack', async () => {
    const client = new CloudFormationClient(settings);
    await expect(client.send(new DescribeStacksCommand({ StackName: 'Other' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Other does not exist',
    });
  });
});

describe('STS', () => {
  it('is account 000000000000', async () => {
    const identity = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe('000000000000');
  });
});

describe('API Gateway', () => {
  const patch = (path: string, value: string): Promise<unknown> =>
    new APIGatewayClient(settings).send(
      new UpdateStageCommand({
        restApiId: apiId,
        stageName: 'prod',
        patchOperations: [{ op: 'replace', path, value }],
      }),
    );

  it('tells the name under which the metrics are kept (F60)', async () => {
    const found = await new APIGatewayClient(settings).send(new GetRestApiCommand({ restApiId: apiId }));
    expect(found).toMatchObject({ id: apiId, name: 'echo' });
  });

  it('shows the settings of the template', async () => {
    const found = await new APIGatewayClient(settings).send(
      new GetStageCommand({ restApiId: apiId, stageName: 'prod' }),
    );
    expect(found.methodSettings).toMatchObject({
      '*/*': { throttlingRateLimit: 1000, throttlingBurstLimit: 2000 },
      '~1strict/GET': { throttlingRateLimit: 0.01, throttlingBurstLimit: 2 },
    });
  });

  it('changes what is enforced at once, for every method and for one', async () => {
    await patch('/*/*/throttling/rateLimit', '0.01');
    await patch('/*/*/throttling/burstLimit', '3');
    await patch('/~1echo/ANY/throttling/burstLimit', '4000');
    expect(await statuses('/multi', 5)).toEqual([201, 201, 201, 429, 429]);
    expect(await statuses('/echo', 5)).toEqual([200, 200, 200, 200, 200]);
    await patch('/*/*/throttling/rateLimit', '1000');
    await patch('/*/*/throttling/burstLimit', '2000');
    const found = await new APIGatewayClient(settings).send(
      new GetStageCommand({ restApiId: apiId, stageName: 'prod' }),
    );
    expect(found.methodSettings?.['*/*']).toMatchObject({ throttlingRateLimit: 1000 });
    expect(found.methodSettings?.['~1echo/ANY']).toMatchObject({ throttlingBurstLimit: 4000 });
  });

  it('refuses what it does not patch, and knows no other API or stage', async () => {
    await expect(patch('/*/*/caching/enabled', 'true')).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    await expect(patch('/*/*/throttling/rateLimit', 'many')).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    const client = new APIGatewayClient(settings);
    await expect(
      client.send(new GetStageCommand({ restApiId: apiId, stageName: 'dev' })),
    ).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Stage identifier specified' });
    await expect(
      client.send(new GetStageCommand({ restApiId: 'other', stageName: 'prod' })),
    ).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid API identifier specified' });
  });
});

describe('Lambda', () => {
  const FunctionName = 'Echo-SlowFunction';
  const client = (): LambdaClient => new LambdaClient(settings);

  it('lifts, sets and puts back the reserved concurrency that is enforced', async () => {
    const before = await client().send(new GetFunctionConcurrencyCommand({ FunctionName }));
    expect(before.ReservedConcurrentExecutions).toBe(2);
    await client().send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect(await client().send(new GetFunctionConcurrencyCommand({ FunctionName }))).not.toHaveProperty(
      'ReservedConcurrentExecutions',
    );
    expect(await statuses('/slow', 4)).toEqual([200, 200, 200, 200]);
    await client().send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
    expect(await statuses('/slow', 3)).toEqual([200, 500, 500]);
    await client().send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 2 }));
  });

  it('F31: reserves up to 100 below the account, and not one more', async () => {
    const reserve = (ReservedConcurrentExecutions: number): Promise<unknown> =>
      client().send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
    await reserve(300);
    await expect(reserve(301)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reserve(2);
  });

  it('shows and changes timeout and memory', async () => {
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
    const before = await client().send(new GetFunctionConfigurationCommand({ FunctionName: arn }));
    expect(before).toMatchObject({ Timeout: 5, MemorySize: 256, Runtime: 'nodejs24.x', FunctionArn: arn });
    await client().send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 1, MemorySize: 512 }),
    );
    const after = await client().send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(after).toMatchObject({ Timeout: 1, MemorySize: 512, LastUpdateStatus: 'Successful' });
    expect(await statuses('/slow', 1)).toEqual([200]);
  });

  it('answers AWS-shaped errors for what it does not know', async () => {
    await expect(
      client().send(new GetFunctionConfigurationCommand({ FunctionName: 'Other' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client().send(new GetFunctionCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('Service Quotas', () => {
  it.each([
    ['lambda', 'L-B99A9384', 400],
    ['apigateway', 'L-8A5B8E43', 7000],
    ['apigateway', 'L-CDF5615A', 3000],
  ])('gives %s %s as the command line set it', async (ServiceCode, QuotaCode, value) => {
    const client = new ServiceQuotasClient(settings);
    const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
    expect(Quota?.Value).toBe(value);
  });

  it('knows no other quota', async () => {
    const client = new ServiceQuotasClient(settings);
    const other = new GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: 'L-0' });
    await expect(client.send(other)).rejects.toMatchObject({ name: 'NoSuchResourceException' });
  });
});

describe('CloudWatch', () => {
  it('counts what clients and functions did, and throttles apart from invocations (F22, F35)', async () => {
    // Metrics are kept by the second: the first one here must hold nothing of the tests before.
    await sleep(1005 - (Date.now() % 1000));
    const startMs = Date.now();
    await statuses('/slow', 5);
    await statuses('/throw', 2);
    await statuses('/strict', 4);
    const ofFunction = (
      metric: string,
      stat: MetricQuestion['stat'],
      FunctionName = 'Echo-SlowFunction',
    ): MetricQuestion => ({ namespace: 'AWS/Lambda', metric, dimensions: { FunctionName }, stat });
    const ofStage = (metric: string, stat: MetricQuestion['stat']): MetricQuestion => {
      return { namespace: 'AWS/ApiGateway', metric, dimensions: { Stage: 'prod', ApiName: 'echo' }, stat };
    };
    const [throttles = [], concurrency = [], duration = [], client4xx = [], latency = [], nothing] =
      await readMetrics(
        stage,
        [
          ofFunction('Throttles', 'Sum'),
          ofFunction('ConcurrentExecutions', 'Maximum'),
          ofFunction('Duration', 'p99'),
          ofStage('4XXError', 'Sum'),
          ofStage('Latency', 'SampleCount'),
          ofFunction('Invocations', 'Sum', 'Other'),
        ],
        startMs,
      );
    const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(total(throttles)).toBe(3);
    expect(Math.max(...concurrency)).toBe(2);
    expect(Math.max(...duration)).toBeGreaterThanOrEqual(190);
    expect(total(client4xx)).toBe(2);
    expect(total(latency)).toBe(11);
    expect(nothing).toEqual([]);
  });
});

describe('DynamoDB', () => {
  it('is passed through to the engine', async () => {
    const client = new DynamoDBClient(settings);
    const Item = { id: { S: 'passed' }, title: { S: 'x'.repeat(100_000) } };
    await client.send(new PutItemCommand({ TableName: 'Echo-Table', Item }));
    const found = await client.send(
      new GetItemCommand({ TableName: 'Echo-Table', Key: { id: { S: 'passed' } } }),
    );
    expect(found.Item).toEqual(Item);
    await expect(
      client.send(new GetItemCommand({ TableName: 'Other', Key: { id: { S: 'passed' } } })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
