import {
  DeleteFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { createClient, type Client, type ClientOptions } from '@spillway/client';
import { eventually } from './__fixtures__/processes.ts';
import { LOCAL, startIngestStage, type Admission, type IngestStage } from './ingest-stage.ts';
import { synthesizeStages, type IngestTemplates, type StageDescription } from './ingest-stages.ts';

/** Requests/s. What is left of a bucket is the same then, however long a test takes. */
const HARDLY_EVER = 0.001;

const CLIENTS = [
  { name: 'steady' },
  { name: 'bursty', guaranteed: { ratePerSecond: HARDLY_EVER, burstRequests: 3 } },
  { name: 'capped', quota: { requests: 2, period: 'month' } },
  { name: 'typed-bursty', guaranteed: { ratePerSecond: HARDLY_EVER, burstRequests: 3 } },
  { name: 'typed-capped', quota: { requests: 2, period: 'month' } },
];

const STAGES: Readonly<Record<string, StageDescription>> = {
  'rest-none': { api: 'rest', auth: 'none' },
  // Everything that a stage can have beside.
  'rest-iam': {
    ...{ api: 'rest', auth: 'iam', rollout: 'canary-10-percent-5-minutes' },
    ...{ encryption: 'customer-managed', deletionProtection: true, tableRemoval: 'retain' },
    alarmEmail: 'on-call@example.com',
    firewall: { requestsPerFiveMinutes: 1000 },
  },
  'rest-none-clients': { api: 'rest', auth: 'none', clients: CLIENTS },
  'rest-iam-clients': { api: 'rest', auth: 'iam', clients: CLIENTS, tableEndpoint: 'interface' },
  'http-none': { api: 'http', auth: 'none', rollout: 'linear-10-percent-every-1-minute' },
  'http-iam': { api: 'http', auth: 'iam' },
};

const STORED = '{"message":"Successfully inserted data!"}';
const entryOf = (id: string, title = 'a title') => ({ id, title, year: 2023 });
const bodyOf = (id: string, title?: string) => JSON.stringify(entryOf(id, title));

/** What a client sees. */
async function seen(sent: Promise<Response>) {
  const response = await sent;
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    errorType: response.headers.get('x-amzn-errortype'),
    body: await response.text(),
  };
}

let templates: IngestTemplates;
beforeAll(() => {
  templates = synthesizeStages(STAGES);
});
afterAll(() => templates?.dispose());

describe.each(Object.entries(STAGES))('stage %s', (name, { api, auth, clients }) => {
  const isRest = api === 'rest';
  const signer = auth === 'iam' ? LOCAL : null;
  let stage: IngestStage;
  let admission: Admission;
  beforeAll(async () => {
    stage = await startIngestStage(templates.fileOf(name));
    admission = { signer, apiKey: clients === undefined ? undefined : await stage.keyOf('steady') };
  });
  afterAll(() => stage?.stop());

  it('stores the entry of whoever brings what it asks for', async () => {
    expect(await seen(stage.post('/', bodyOf('first'), admission))).toMatchObject({
      status: 200,
      body: STORED,
    });
    expect(await stage.itemOf('first')).toMatchObject(entryOf('first'));
  });

  it('gives each entry of a batch an outcome of its own', async () => {
    await stage.post('/', bodyOf('taken', 'another title'), admission);
    const entries = [entryOf('batch-0'), { id: 'batch-1' }, entryOf('taken'), entryOf('batch-3')];
    const answered = await seen(stage.post('/batch', JSON.stringify({ entries }), admission));
    expect(answered.status).toBe(207);
    expect(JSON.parse(answered.body)).toMatchObject({
      outcomes: [
        { status: 'accepted' },
        { status: 'invalid', issues: [{ path: '$.entries[1].title' }, { path: '$.entries[1].year' }] },
        { status: 'conflict' },
        { status: 'accepted' },
      ],
    });
    expect(await stage.itemOf('batch-0')).toMatchObject(entryOf('batch-0'));
    expect(await stage.itemOf('batch-1')).toBeNull();
    expect(await stage.itemOf('taken')).toMatchObject(entryOf('taken', 'another title'));
  });

  it.each<['/' | '/batch', string]>([
    ['/', '{"id":"1","year":2023}'],
    ['/', '[]'],
    ['/batch', '{"entries":[]}'],
    ['/batch', '{"entries":{}}'],
  ])('refuses %s %s with 400, on REST without an invocation', async (path, body) => {
    const before = await stage.countOf('Invocations');
    expect(await seen(stage.post(path, body, admission))).toMatchObject({ status: 400 });
    expect((await stage.countOf('Invocations')) - before).toBe(isRest ? 0 : 1);
  });

  it('answers a refused invocation 503, on REST with the time to come back', async () => {
    const lambda = new LambdaClient(stage.settings);
    const FunctionName = stage.functionName;
    const none = { FunctionName, ReservedConcurrentExecutions: 0 };
    await lambda.send(new PutFunctionConcurrencyCommand(none));
    const answered = await seen(stage.post('/', bodyOf('refused'), admission));
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect(answered).toMatchObject({ status: 503, retryAfter: isRest ? '1' : null });
    expect(JSON.parse(answered.body)).toEqual({ message: expect.any(String) as string });
    expect(await seen(stage.post('/', bodyOf('refused'), admission))).toMatchObject({ status: 200 });
  });

  if (auth === 'iam') {
    it.each<[string, Admission['signer'], string]>([
      ['no signature', null, 'MissingAuthenticationTokenException'],
      ['a signature of another secret', { ...LOCAL, secretAccessKey: 'x' }, 'InvalidSignatureException'],
      ['a key that nobody has', { ...LOCAL, accessKeyId: 'AKIANOBODY' }, 'UnrecognizedClientException'],
    ])('refuses %s with 403, and stores nothing', async (_what, by, errorType) => {
      const answered = await seen(stage.post('/', bodyOf('unsigned'), { ...admission, signer: by }));
      expect(answered).toMatchObject({ status: 403, errorType: isRest ? errorType : null });
      expect(await stage.itemOf('unsigned')).toBeNull();
    });
  }

  if (clients !== undefined) {
    it.each([undefined, 'nobody-knows-this-key'])('refuses API key %s with 403', async (apiKey) => {
      expect(await seen(stage.post('/', bodyOf('keyless'), { signer, apiKey }))).toMatchObject({
        ...{ status: 403, errorType: 'ForbiddenException', body: '{"message":"Forbidden"}' },
      });
      expect(await stage.itemOf('keyless')).toBeNull();
    });

    it('throttles a client at its own burst, says when to come back, and lets others through', async () => {
      const bursty = { signer, apiKey: await stage.keyOf('bursty') };
      const statuses: Awaited<ReturnType<typeof seen>>[] = [];
      for (let sent = 0; sent < 5; sent += 1)
        statuses.push(await seen(stage.post('/', bodyOf(`bursty-${sent}`), bursty)));
      expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
      expect(statuses[4]).toEqual({
        ...{ status: 429, retryAfter: '1', errorType: 'TooManyRequestsException' },
        body: '{"message":"Too Many Requests"}',
      });
      expect(await seen(stage.post('/', bodyOf('calm'), admission))).toMatchObject({ status: 200 });
    });

    it('ends with the quota of a client, and says when to come back', async () => {
      const capped = { signer, apiKey: await stage.keyOf('capped') };
      const answers = [];
      for (let sent = 0; sent < 3; sent += 1)
        answers.push(await seen(stage.post('/', bodyOf(`capped-${sent}`), capped)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(answers[2]).toEqual({
        ...{ status: 429, retryAfter: '3600', errorType: 'LimitExceededException' },
        body: '{"message":"Limit Exceeded"}',
      });
      expect(await stage.itemOf('capped-2')).toBeNull();
    });
  }

  describe('to the typed client', () => {
    const clientOf = (options: Partial<ClientOptions> = {}): Client =>
      createClient({
        url: stage.baseUrl,
        auth: signer === null ? undefined : { sigV4: { region: stage.region, credentials: signer } },
        apiKey: admission.apiKey,
        ...options,
      });

    it('stores single entries, batches and streams', async () => {
      const client = clientOf();
      const entry = entryOf('typed');
      expect(await client.ingest(entry)).toEqual({ ok: true, entry, attempts: 1 });

      const others = [entryOf('typed-0'), entryOf('typed', 'another title'), { id: 'typed-2' } as never];
      expect(await client.ingestBatch(others)).toMatchObject([
        { ok: true, attempts: 1 },
        { ok: false, reason: 'conflict', attempts: 1 },
        { ok: false, reason: 'invalid', attempts: 0 },
      ]);

      const streamed = Array.from({ length: 20 }, (_, index) => entryOf(`streamed-${index}`));
      for (const options of [{}, { batchLingerMs: 5 }]) {
        const indexes: number[] = [];
        for await (const { index, result } of client.stream(streamed, options)) {
          expect(result).toMatchObject({ ok: true, entry: streamed[index] });
          indexes.push(index);
        }
        expect(indexes.sort((a, b) => a - b)).toEqual(streamed.map((_, index) => index));
      }
      expect(await stage.itemOf('streamed-19')).toMatchObject(entryOf('streamed-19'));
    });

    it('is let in once the function takes invocations again', async () => {
      const lambda = new LambdaClient(stage.settings);
      const FunctionName = stage.functionName;
      const none = { FunctionName, ReservedConcurrentExecutions: 0 };
      await lambda.send(new PutFunctionConcurrencyCommand(none));
      const before = await stage.countOf('Throttles');
      const result = clientOf().ingest(entryOf('patient'));
      await eventually(async () => (await stage.countOf('Throttles')) > before, 'an invocation is refused');
      await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      expect(await result).toMatchObject({ ok: true });
      expect((await result).attempts).toBeGreaterThan(1);
    });

    if (auth === 'iam') {
      it('is forbidden without a signature', async () => {
        const unsigned = clientOf({ auth: undefined });
        expect(await unsigned.ingest(entryOf('unsigned'))).toMatchObject({
          reason: 'forbidden',
          status: 403,
        });
      });
    }

    if (clients !== undefined) {
      it('says what became of it without a key, beyond its plan and beyond its quota', async () => {
        const keyless = clientOf({ apiKey: undefined });
        expect(await keyless.ingest(entryOf('keyless'))).toMatchObject({ reason: 'forbidden', status: 403 });

        const bursty = { apiKey: await stage.keyOf('typed-bursty') };
        for (let each = 0; each < 3; each += 1) {
          const entry = entryOf(`typed-bursty-${each}`);
          expect(await clientOf(bursty).ingest(entry)).toEqual({ ok: true, entry, attempts: 1 });
        }
        // Shorter than the time to come back, so that it is not worth the wait.
        const refused = await clientOf({ ...bursty, deadlineMs: 900 }).ingest(entryOf('typed-bursty-3'));
        expect(refused).toMatchObject({
          ...{ ok: false, reason: 'throttled', attempts: 1, status: 429, retryAfterMs: 1000 },
        });

        const capped = clientOf({ apiKey: await stage.keyOf('typed-capped') });
        const ends = [];
        for (let each = 0; each < 3; each += 1)
          ends.push(await capped.ingest(entryOf(`typed-capped-${each}`)));
        expect(ends[2]).toMatchObject({ reason: 'quota', attempts: 1, retryAfterMs: 3_600_000 });
      });
    }
  });
});

describe('what is not played of a stage', () => {
  it('is named to the last, but for what no caller could tell', async () => {
    const stage = await startIngestStage(templates.fileOf('rest-iam'));
    await stage.stop();
    const lines = stage.output().matchAll(/^not played: (.*)$/gm);
    expect([...lines].flatMap(([, line = '']) => line.split('; '))).toEqual([
      'AWS::ApiGateway::RestApi.EndpointConfiguration',
      'AWS::ApiGateway::Stage.TracingEnabled',
      'AWS::EC2::RouteTable',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::Subnet',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEndpoint',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Lambda::Function.Architectures',
      'AWS::Lambda::Function.Role',
      'AWS::Lambda::Function.TracingConfig',
      'AWS::Lambda::Function.VpcConfig',
      'AWS::SNS::Topic',
      'AWS::WAFv2::WebACL',
      'AWS::WAFv2::WebACLAssociation',
    ]);
  });
});

describe.each<[string, StageDescription]>([
  ['rest', { api: 'rest', auth: 'none' }],
  ['http', { api: 'http', auth: 'none' }],
])('POST /batch of a stage of kind %s', (kind, description) => {
  let tight: IngestTemplates;
  let stage: IngestStage;
  beforeAll(async () => {
    tight = synthesizeStages({ [kind]: description }, { rateLimit: 1, burstLimit: 30 });
    stage = await startIngestStage(tight.fileOf(kind));
  });
  afterAll(async () => {
    await stage?.stop();
    tight?.dispose();
  });

  it('has a bucket of its own, a tenth as large, beside that of POST /', async () => {
    const admission: Admission = { signer: null };
    const statuses: number[] = [];
    for (let sent = 0; sent < 4; sent += 1) {
      const body = JSON.stringify({ entries: [entryOf(`b-${sent}`)] });
      statuses.push((await seen(stage.post('/batch', body, admission))).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(await seen(stage.post('/', bodyOf('beside'), admission))).toMatchObject({ status: 200 });
  });
});
