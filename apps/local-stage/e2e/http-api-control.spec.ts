import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApiGatewayV2Client,
  DeleteRouteSettingsCommand,
  GetApiCommand,
  GetStageCommand,
  UpdateStageCommand,
  type GetStageCommandOutput,
  type UpdateStageCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { HTTP_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';
import { sumMetrics, type MetricQuestion } from './read-metrics.ts';

let stage: StageProcess;
let settings: {
  endpoint: string;
  region: string;
  maxAttempts: number;
  credentials: { accessKeyId: string; secretAccessKey: string };
};
let outputs: Record<string, string | undefined>;

beforeAll(async () => {
  stage = await startStageProcess(`--template=${HTTP_TEMPLATE}`, '--engine=dynalite');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  settings = { endpoint: stage.awsEndpoint, region: stage.region, maxAttempts: 1, credentials };
  const describe = new DescribeStacksCommand({ StackName: stage.stackName });
  const { Stacks } = await new CloudFormationClient(settings).send(describe);
  outputs = Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((o) => [o.OutputKey, o.OutputValue]));
});

afterAll(() => stage.stop());

const client = (): ApiGatewayV2Client => new ApiGatewayV2Client(settings);

const getStage = (StageName: string, ApiId = outputs['ApiId']): Promise<GetStageCommandOutput> =>
  client().send(new GetStageCommand({ ApiId, StageName }));

const update = (
  StageName: string,
  change: Partial<UpdateStageCommandInput>,
): Promise<{ RouteSettings?: Record<string, unknown> | undefined }> =>
  client().send(new UpdateStageCommand({ ApiId: outputs['ApiId'], StageName, ...change }));

const statuses = async (path: string, count: number): Promise<number[]> => {
  const sent = Array.from({ length: count }, () => fetch(`${outputs['ApiEndpoint']}${path}`));
  return (await Promise.all(sent)).map(({ status }) => status).sort();
};

describe('CloudFormation', () => {
  it('gives the endpoints of HTTP APIs at their local addresses', () => {
    expect(outputs).toMatchObject({
      ApiEndpoint: stage.baseUrl,
      ApiUrl: `${stage.baseUrl}/`,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/) as string,
      ProdUrl: `${stage.baseUrl}/prod`,
      PetsUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/dev$/) as string,
      QuickUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    });
    expect(new Set([outputs['ApiEndpoint'], outputs['QuickUrl']]).size).toBe(2);
  });
});

describe('API Gateway V2', () => {
  it('shows the API', async () => {
    const api = await client().send(new GetApiCommand({ ApiId: outputs['ApiId'] }));
    expect(api).toMatchObject({
      Name: 'echo',
      ProtocolType: 'HTTP',
      ApiEndpoint: `https://${outputs['ApiId']}.execute-api.us-east-1.amazonaws.com`,
      CorsConfiguration: { AllowOrigins: ['https://app.example'], MaxAge: 300, AllowCredentials: true },
    });
    expect(api.CreatedDate?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("shows the template's settings of a stage", async () => {
    expect(await getStage('prod')).toMatchObject({
      StageName: 'prod',
      AutoDeploy: true,
      StageVariables: { colour: 'blue' },
      DefaultRouteSettings: {
        ThrottlingRateLimit: 1000,
        ThrottlingBurstLimit: 2000,
        DetailedMetricsEnabled: true,
      },
      RouteSettings: {},
    });
    expect((await getStage('$default')).RouteSettings?.['GET /strict']).toMatchObject({
      ThrottlingRateLimit: 0.01,
      ThrottlingBurstLimit: 2,
    });
  });

  it('changes what is enforced at once, for every route and for one, and takes it back', async () => {
    await update('prod', { DefaultRouteSettings: { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 3 } });
    const RouteSettings = { 'GET /items/{id}': { ThrottlingBurstLimit: 1 } };
    expect((await update('prod', { RouteSettings })).RouteSettings).toEqual(RouteSettings);
    expect(await statuses('/prod/alias', 5)).toEqual([200, 200, 200, 429, 429]);
    expect(await statuses('/prod/items/1', 3)).toEqual([200, 429, 429]);
    expect((await getStage('prod')).DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 3 });
    await client().send(
      new DeleteRouteSettingsCommand({
        ApiId: outputs['ApiId'],
        StageName: 'prod',
        RouteKey: 'GET /items/{id}',
      }),
    );
    await update('prod', { DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 } });
    expect((await getStage('prod')).RouteSettings).toEqual({});
  });

  it('refuses what it does not change', async () => {
    const badRequest = { name: 'BadRequestException' };
    await expect(update('prod', { Description: 'other' })).rejects.toMatchObject(badRequest);
    const negative = { DefaultRouteSettings: { ThrottlingRateLimit: -1 } };
    await expect(update('prod', negative)).rejects.toMatchObject(badRequest);
    const broken = { DefaultRouteSettings: { ThrottlingBurstLimit: 1.5 } };
    await expect(update('prod', broken)).rejects.toMatchObject(badRequest);
  });

  it('knows no other API, stage, route or setting', async () => {
    const notFound = { name: 'NotFoundException' };
    await expect(getStage('other')).rejects.toMatchObject(notFound);
    await expect(getStage('prod', 'other')).rejects.toMatchObject(notFound);
    await expect(client().send(new GetApiCommand({ ApiId: 'other' }))).rejects.toMatchObject(notFound);
    const RouteSettings = { 'GET /other': { ThrottlingBurstLimit: 1 } };
    await expect(update('prod', { RouteSettings })).rejects.toMatchObject(notFound);
    const nothing = { ApiId: outputs['ApiId'], StageName: 'prod', RouteKey: 'GET /slow' };
    await expect(client().send(new DeleteRouteSettingsCommand(nothing))).rejects.toMatchObject(notFound);
  });
});

describe('CloudWatch', () => {
  it('F61: counts by API and stage, and by route where that is switched on', async () => {
    // Metrics are kept by the second: the first one here must hold nothing of the tests before.
    await sleep(1005 - (Date.now() % 1000));
    const startMs = Date.now();
    await statuses('/prod/slow?act=throw', 2);
    await statuses('/prod/slow', 1);
    await statuses('/prod/signed', 3);
    const ofStage = { ApiId: outputs['ApiId'] ?? '', Stage: 'prod' };
    const ofRoute = { ...ofStage, Route: 'GET /slow' };
    const ask = (
      metric: string,
      stat: MetricQuestion['stat'],
      dimensions: MetricQuestion['dimensions'],
    ): MetricQuestion => ({ namespace: 'AWS/ApiGateway', metric, dimensions, stat });
    const [data = 0, ...counts] = await sumMetrics(
      stage,
      [
        ask('DataProcessed', 'Sum', ofRoute),
        ask('Count', 'Sum', ofStage),
        ask('4xx', 'Sum', ofStage),
        ask('Count', 'Sum', ofRoute),
        ask('5xx', 'Sum', ofRoute),
        ask('IntegrationLatency', 'SampleCount', ofRoute),
        ask('Latency', 'SampleCount', ofRoute),
        ask('4XXError', 'Sum', ofStage),
      ],
      startMs,
    );
    expect(counts).toEqual([6, 3, 3, 2, 3, 3, 0]);
    expect(data).toBeGreaterThan(70);
  });
});
