import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenBucket } from '@spillway/throttle';
import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import { route, stageOf } from '../__fixtures__/http-api-stage.ts';
import { listMetrics, type ListedMetric } from '../__fixtures__/metrics.ts';
import type { AuthorizationInput, RequestAuthorizer } from '../authorize/authorize-request.ts';
import { HttpApiGateway } from './http-api-gateway.ts';
import { prepareHttpStage } from './http-api-route.ts';
import type { Integration } from '../integration.ts';

const FORMAT = [
  '$context.status',
  '$context.routeKey',
  '$context.stage',
  '$context.error.message',
  '$context.error.messageString',
  '$context.error.responseType',
  '$context.integrationStatus',
  '$context.integration.status',
  '$context.integrationErrorMessage',
  '$context.identity.userArn',
  '$context.responseLength',
  '$context.resourcePath',
].join('|');

const caller = { accessKey: 'AK', accountId: '000000000000', userArn: 'arn:user', userId: 'AIDA' };

let server: Server | null = null;
let lines: string[] = [];
let metrics: ListedMetric[] = [];
let asked: AuthorizationInput[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

interface Setup {
  readonly routes: readonly HttpRouteModel[];
  readonly stages?: readonly Partial<HttpStageModel>[];
  readonly authorizer?: RequestAuthorizer['authorize'];
  readonly integration?: Integration;
  readonly accountBurst?: number;
}

/** Serves until the test ends. @returns its origin */
async function serve(setup: Setup): Promise<string> {
  lines = [];
  metrics = [];
  asked = [];
  const integration = setup.integration ?? {
    invoke: (event) => Promise.resolve({ kind: 'returned' as const, payload: { event } }),
  };
  const accessLog = { format: FORMAT, logGroupName: 'g' };
  const stages = (setup.stages ?? [{}]).map((changes) =>
    prepareHttpStage(
      stageOf(setup.routes, { accessLog, ...changes }),
      {
        integrations: new Map([['f', integration]]),
        openLog: () => ({ write: (line) => lines.push(line) }),
        recorder: listMetrics(metrics),
      },
      0,
    ),
  );
  const gateway = new HttpApiGateway({
    stages: new Map(stages.map((stage) => [stage.model.stageName, stage])),
    accountBucket: new TokenBucket({ rateLimit: 0, burstLimit: setup.accountBurst ?? 1000 }, 0),
    authorizer: {
      authorize: (input) => {
        asked.push(input);
        return setup.authorizer?.(input) ?? { kind: 'allowed', caller };
      },
    },
    accountId: '000000000000',
    region: 'us-east-1',
    clock: { monotonicMs: () => 0, wallMs: () => 0 },
  });
  server = createServer((incoming, response) => void gateway.serve(incoming, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server?.address() as AddressInfo).port}`;
}

const get = async (url: string, init?: RequestInit): Promise<[number, string]> => {
  const response = await fetch(url, init);
  return [response.status, await response.text()];
};

const eventAt = async (url: string): Promise<unknown> =>
  ((await (await fetch(url)).json()) as { event: { routeKey: string; rawPath: string } }).event;

describe('HttpApiGateway', () => {
  it('gives the first segment to the stage of that name, and everything else to $default', async () => {
    const origin = await serve({ routes: [route('$default')], stages: [{}, { stageName: 'prod' }] });
    const at = async (path: string): Promise<unknown> => {
      const event = (await eventAt(`${origin}${path}`)) as {
        rawPath: string;
        requestContext: { stage: string };
      };
      return [event.requestContext.stage, event.rawPath];
    };
    expect(await at('/prod')).toEqual(['prod', '/prod']);
    expect(await at('/prod/a')).toEqual(['prod', '/prod/a']);
    expect(await at('/product')).toEqual(['$default', '/product']);
    expect(await at('/')).toEqual(['$default', '/']);
    expect(await at('/$default/a')).toEqual(['$default', '/$default/a']);
  });

  it('F13: answers 404 without a stage and counts nothing, 404 without a route and counts it', async () => {
    const origin = await serve({ routes: [route('GET /a')], stages: [{ stageName: 'prod' }] });
    expect(await get(`${origin}/a`)).toEqual([404, '{"message":"Not Found"}']);
    expect([metrics, lines]).toEqual([[], []]);
    expect(await get(`${origin}/prod/b`)).toEqual([404, '{"message":"Not Found"}']);
    expect(lines).toEqual(['404|-|prod|Not Found|"Not Found"|-|-|-|-|-|23|-']);
    expect(metrics).toContainEqual(['4xx', { ApiId: 'api1234567', Stage: 'prod' }, 1]);
  });

  it('F61: counts by stage, and by route where its metrics are switched on', async () => {
    const stages = [{ routeSettings: { 'POST /a': { detailedMetrics: true } } }];
    const origin = await serve({ routes: [route('POST /a'), route('$default')], stages });
    const [, body] = await get(`${origin}/a`, { method: 'POST', body: 'four' });
    const stage = { ApiId: 'api1234567', Stage: '$default' };
    const names = ['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'DataProcessed'];
    const dimensions = [stage, { ...stage, Route: 'POST /a' }, { ...stage, Method: 'POST', Resource: '/a' }];
    expect(metrics.map(([name, of]) => [name, of])).toEqual(
      dimensions.flatMap((of) => names.map((name) => [name, of])),
    );
    expect(metrics).toContainEqual(['DataProcessed', stage, 4 + Buffer.byteLength(body)]);
    metrics.length = 0;
    await get(`${origin}/other`);
    expect(metrics.map(([, of]) => of)).toEqual(names.map(() => stage));
  });

  it('F10: asks the route before the account, and reads no body of a throttled client', async () => {
    const stages = [{ routeSettings: { 'POST /a': { rateLimit: 0, burstLimit: 1 } } }];
    const routes = [route('POST /a'), route('POST /b')];
    const origin = await serve({ routes, stages, accountBurst: 2 });
    const post = { method: 'POST', body: 'x' };
    expect((await get(`${origin}/a`, post))[0]).toBe(200);
    const status = await new Promise((resolve, reject) => {
      // Never ended: only a gateway that does not wait for the body can answer.
      const upload = request(`${origin}/a`, { method: 'POST' }, (answer) => {
        resolve(answer.statusCode);
        upload.destroy();
      });
      upload.once('error', reject);
      upload.write('the beginning');
    });
    expect(status).toBe(429);
    // The refused request took no token of the account's.
    expect((await get(`${origin}/b`, post))[0]).toBe(200);
    expect(await get(`${origin}/b`, post)).toEqual([429, '{"message":"Too Many Requests"}']);
    expect(lines.at(-1)).toMatch(
      /^429\|POST \/b\|\$default\|Too Many Requests\|"Too Many Requests"\|THROTTLED/,
    );
  });

  it('F18: gives up after the integration timeout of the route', async () => {
    const origin = await serve({
      routes: [route('GET /a', { integrationTimeoutMs: 50 })],
      integration: { invoke: () => new Promise(() => undefined) },
    });
    expect(await get(`${origin}/a`)).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(lines[0]).toMatch(/INTEGRATION_TIMEOUT\|-\|-\|The integration did not answer in time\./);
  });

  it('F17: logs what the function did, and answers 500', async () => {
    const origin = await serve({
      routes: [route('GET /a')],
      integration: { invoke: () => Promise.resolve({ kind: 'threw', errorType: 'E', errorMessage: 'm' }) },
    });
    expect(await get(`${origin}/a`)).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(lines[0]).toMatch(/^500\|GET \/a\|.*\|INTEGRATION_FAILURE\|200\|-\|The Lambda function returned/);
  });

  it('asks for the signature before the throttle, with the body, and answers 403 to any refusal', async () => {
    const stages = [{ routeSettings: { 'POST /a': { rateLimit: 0, burstLimit: 1 } } }];
    const routes = [route('POST /a', { authorizationType: 'AWS_IAM' })];
    const refused = { kind: 'refused', reason: 'invalid-signature', message: 'long' } as const;
    const origin = await serve({
      routes,
      stages,
      authorizer: ({ body }) =>
        body?.toString() === 'good' ? { kind: 'allowed' as const, caller } : refused,
    });
    const post = (body: string): Promise<[number, string]> => get(`${origin}/a`, { method: 'POST', body });
    for (let sent = 0; sent < 3; sent += 1)
      expect(await post('bad')).toEqual([403, '{"message":"Forbidden"}']);
    expect((await post('good'))[0]).toBe(200);
    expect((await post('good'))[0]).toBe(429);
    expect(lines.find((line) => line.startsWith('200'))?.split('|')[9]).toBe('arn:user');
    expect(asked[0]).toMatchObject({
      authorizationType: 'AWS_IAM',
      resourcePolicy: null,
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api1234567/$default/POST/a',
    });
  });

  it.each(['NONE', 'AWS_IAM'] as const)(
    'logs a client that leaves before its body is there, and counts it not (authorization %s)',
    async (authorizationType) => {
      const origin = await serve({ routes: [route('POST /a', { authorizationType })] });
      const upload = request(`${origin}/a`, { method: 'POST' });
      upload.on('error', () => undefined);
      server?.once('request', () => upload.destroy());
      upload.write('the beginning');
      while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(lines).toEqual([expect.stringMatching(/^-\|POST \/a\|\$default\|/)]);
      expect(metrics).toEqual([]);
    },
  );

  it('serves no route whose authorizer it does not play', async () => {
    const origin = await serve({ routes: [route('GET /a', { authorizationType: 'NOT_PLAYED' })] });
    expect((await get(`${origin}/a`))[0]).toBe(501);
  });
});
