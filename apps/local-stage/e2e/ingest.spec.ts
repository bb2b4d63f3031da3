import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { startFailingTable, type FailingTable } from './failing-table.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

/** As `npx nx synth infra` leaves it; the e2e target depends on that. */
const TEMPLATE = join(__dirname, '../../infra/cdk.out/Spillway-local.template.json');

const SAMPLE = '{"year":"2023","title":"kkkg","id":"12"}';
const STORED = '{"message":"Successfully inserted data!"}';

const post = (stage: StageProcess, body?: string): Promise<Response> =>
  fetch(stage.baseUrl, { method: 'POST', ...(body === undefined ? {} : { body }) });

describe.each(['dynoxide', 'dynalite'])('POST / through gateway, function and %s', (engine) => {
  let stage: StageProcess;
  let table: DynamoDBDocumentClient;
  let TableName: string;

  beforeAll(async () => {
    stage = await startStageProcess(`--template=${TEMPLATE}`, `--engine=${engine}`);
    const settings = {
      endpoint: stage.awsEndpoint,
      region: stage.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    table = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
    const { Stacks } = await new CloudFormationClient(settings).send(new DescribeStacksCommand({}));
    const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'TableName');
    TableName = output?.OutputValue ?? '';
  });

  afterAll(() => stage?.stop());

  it('answers a new entry as the sample does, and the item is in the table', async () => {
    const response = await post(stage, SAMPLE);
    expect([response.status, await response.text()]).toEqual([200, STORED]);
    const { Item } = await table.send(new GetCommand({ TableName, Key: { id: '12' } }));
    expect(Item).toMatchObject({ id: '12', title: 'kkkg' });
  });

  it('answers the same content again in the same way, and keeps one item', async () => {
    const body = JSON.stringify({ id: 'again', title: 'same', year: 1999 });
    const answers = [await post(stage, body), await post(stage, body)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await answers[1]?.text()).toBe(STORED);
    const { Items = [] } = await table.send(new ScanCommand({ TableName }));
    expect(Items.filter(({ id }) => id === 'again')).toHaveLength(1);
  });

  it('answers the same id with other content 409, and leaves the first untouched', async () => {
    await post(stage, JSON.stringify({ id: 'taken', title: 'first', year: 1999 }));
    const before = await table.send(new GetCommand({ TableName, Key: { id: 'taken' } }));
    const response = await post(stage, JSON.stringify({ id: 'taken', title: 'second', year: 1999 }));
    expect(response.status).toBe(409);
    const after = await table.send(new GetCommand({ TableName, Key: { id: 'taken' } }));
    expect(after.Item).toEqual(before.Item);
    expect(after.Item).toMatchObject({ title: 'first' });
  });

  it.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['a body that is no JSON', '{"id":'],
    ['a missing title', '{"id":"1","year":2023}'],
    ['an unknown field', '{"id":"1","title":"t","year":2023,"colour":"red"}'],
  ])('answers %s with the 400 of the gateway', async (_case, body) => {
    const response = await post(stage, body);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'BadRequestException']);
    expect(await response.json()).toEqual({ message: 'Invalid request body' });
  });

  it.each([
    ['an id of more bytes than characters', JSON.stringify({ id: 'ü'.repeat(1025), title: 't', year: 1 })],
    ['a name twice', '{"id":"1","id":"1","title":"t","year":2023}'],
    ['a number whose digits would be lost', '{"id":"1","title":"t","year":1,"attributes":{"a":1e-200}}'],
    ['half a character', '{"id":"1","title":"\\ud800","year":2023}'],
  ])('answers %s with 400 and the list of issues', async (_case, body) => {
    const response = await post(stage, body);
    expect(response.status).toBe(400);
    const { issues } = (await response.json()) as { issues: { path: string; message: string }[] };
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues)
      expect(issue).toEqual({ path: expect.any(String), message: expect.any(String) });
  });

  it('answers an entry larger than an item may be 413, and stores nothing', async () => {
    const attributes = { filling: 'x'.repeat(410_000) };
    const response = await post(stage, JSON.stringify({ id: 'large', title: 't', year: 2023, attributes }));
    expect(response.status).toBe(413);
    const { Item } = await table.send(new GetCommand({ TableName, Key: { id: 'large' } }));
    expect(Item).toBeUndefined();
  });
});

describe('POST / while the table fails', () => {
  let failing: FailingTable;
  let stage: StageProcess;
  let logs: string;

  beforeAll(async () => {
    failing = await startFailingTable();
    logs = mkdtempSync(join(tmpdir(), 'spillway-logs-'));
    stage = await startStageProcess(
      `--template=${TEMPLATE}`,
      `--dynamodb-endpoint=${failing.endpoint}`,
      `--log-dir=${logs}`,
    );
  });

  afterAll(async () => {
    await stage?.stop();
    await failing?.stop();
    rmSync(logs, { recursive: true, force: true });
  });

  it.each(['throttled', 'unreachable'] as const)(
    'answers 503 with Retry-After once the retries are used up: table %s',
    async (failure) => {
      failing.failWith(failure);
      const response = await post(stage, SAMPLE);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(failing.writesSeen()).toBeGreaterThan(1);
    },
  );

  it('answers anything else 500 without detail, and logs it with the request id', async () => {
    failing.failWith('denied');
    const response = await post(stage, SAMPLE);
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(body).not.toMatch(/AccessDenied|denied|at /);
    const requestId = response.headers.get('x-amzn-requestid') ?? 'none';
    const log = readdirSync(logs)
      .map((file) => readFileSync(join(logs, file), 'utf8'))
      .join('');
    const lines = log.split('\n').filter((text) => text.includes(requestId));
    expect(lines).toContainEqual(expect.stringMatching(/^\{.*AccessDeniedException/));
  });
});
