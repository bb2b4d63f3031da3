import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { findDynoxide } from '../src/dynamodb/dynoxide.ts';
import { itemBytes } from '../src/dynamodb/meter/item-size.ts';
import { startTablesOnly, TABLES_TEMPLATE } from './__fixtures__/table-stage/start-proxy.ts';
import { startStageProcess } from './stage-process.ts';
import { sumMetrics } from './read-metrics.ts';

const ENGINES = ['dynalite' as const, ...(findDynoxide() === null ? [] : ['dynoxide' as const])];
const TableName = 'Tables-Entries';
type Tables = Awaited<ReturnType<typeof startTablesOnly>>;

const keyOf = (id: string) => ({ id: { S: id } });
/** `id` and `filling`, of exactly so many bytes. */
const itemOf = (id: string, bytes: number) => {
  const Item = { ...keyOf(id), filling: { S: '' } };
  Item.filling.S = 'x'.repeat(bytes - itemBytes(Item));
  return Item;
};

it('without --meter the functions talk to the engine itself, and the start names what is not enforced', async () => {
  const tables = await startTablesOnly({});
  await tables.stop();
  expect(tables.functionEndpoint).toBe(tables.engineEndpoint);
  expect(tables.lines).toEqual([
    'not played without --meter: throughput of table Tables-Capped (maximum 1 read, 1 write units/s); ' +
      'throughput of table Tables-Provisioned (provisioned 1 read, 1 write units/s)',
  ]);
});

describe.each(ENGINES)('the meter before %s', (kind) => {
  let tables: Tables;
  let client: DynamoDBClient;
  let direct: DynamoDBClient;

  beforeAll(async () => {
    tables = await startTablesOnly({ isMetered: true }, { kind });
    client = tables.clientOf(tables.functionEndpoint);
    direct = tables.clientOf(tables.engineEndpoint);
  });
  afterAll(() => tables.stop());

  const unitsOf = async (
    access: 'Read' | 'Write',
    work: () => Promise<unknown>,
    name = TableName,
  ): Promise<number> => {
    const sum = () => tables.sumOf(`Consumed${access}CapacityUnits`, { TableName: name });
    const before = sum();
    await work();
    return sum() - before;
  };
  const put = (id: string, bytes: number, name = TableName, by = client) =>
    by.send(new PutItemCommand({ TableName: name, Item: itemOf(id, bytes) }));

  it('stands in another place than the engine, and says nothing at the start', () => {
    expect(tables.functionEndpoint).not.toBe(tables.engineEndpoint);
    expect(tables.lines).toEqual([]);
  });

  it("passes the engine's answer on byte for byte", async () => {
    // Of one attribute: dynoxide orders several as it likes.
    await client.send(new PutItemCommand({ TableName, Item: keyOf('exact') }));
    const call = async (endpoint: string) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.0',
          'X-Amz-Target': 'DynamoDB_20120810.GetItem',
          'X-Amz-Date': '20260101T000000Z',
          Authorization:
            'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
        body: `{ "TableName" : "${TableName}",  "Key":{"id":{"S":"exact"}}}`,
      });
      const { headers } = response;
      const kept = ['content-type', 'x-amz-crc32', 'content-length'].map((name) => headers.get(name));
      return [response.status, kept, await response.text()];
    };
    const [metered, plain] = [await call(tables.functionEndpoint), await call(tables.engineEndpoint)];
    expect(metered).toEqual(plain);
    expect(metered[0]).toBe(200);
  });

  it.each<[string, number, (id: string) => Promise<unknown>]>([
    ['a new item of 1 KB', 1, (id) => put(id, 1024)],
    ['one of a byte more (F43)', 2, (id) => put(id, 1025)],
    [
      'a small item in place of one of 3 KB',
      3,
      async (id) => {
        await put(id, 3 * 1024, TableName, direct);
        await put(id, 100);
      },
    ],
    [
      'deleting one of 5 KB',
      5,
      async (id) => {
        await put(id, 5 * 1024, TableName, direct);
        await client.send(new DeleteItemCommand({ TableName, Key: keyOf(id) }));
      },
    ],
    ['deleting none', 1, (id) => client.send(new DeleteItemCommand({ TableName, Key: keyOf(id) }))],
    [
      'an update that makes it larger',
      4,
      async (id) => {
        await put(id, 100, TableName, direct);
        await client.send(
          new UpdateItemCommand({
            TableName,
            Key: keyOf(id),
            UpdateExpression: 'SET filling = :p',
            ExpressionAttributeValues: { ':p': { S: 'x'.repeat(3 * 1024) } },
          }),
        );
      },
    ],
    [
      'a condition that fails',
      7,
      async (id) => {
        await put(id, 7 * 1024, TableName, direct);
        const refused = client.send(
          new PutItemCommand({
            TableName,
            Item: itemOf(id, 100),
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        );
        await expect(refused).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
      },
    ],
    [
      'a batch, item by item',
      1 + 2 + 1,
      (id) =>
        client.send(
          new BatchWriteItemCommand({
            RequestItems: {
              [TableName]: [
                { PutRequest: { Item: itemOf(`${id}a`, 100) } },
                { PutRequest: { Item: itemOf(`${id}b`, 1025) } },
                { DeleteRequest: { Key: keyOf(`${id}c`) } },
              ],
            },
          }),
        ),
    ],
    [
      'a call that DynamoDB refuses',
      0,
      (id) =>
        expect(
          client.send(new PutItemCommand({ TableName, Item: { other: { S: id } } })),
        ).rejects.toMatchObject({ name: 'ValidationException' }),
    ],
  ])('writes: %s costs %i', async (why, units, work) => {
    expect(await unitsOf('Write', () => work(`w ${why}`))).toBe(units);
  });

  it.each<[string, number, (id: string) => Promise<unknown>]>([
    ['eventually', 1, (id) => client.send(new GetItemCommand({ TableName, Key: keyOf(id) }))],
    [
      'strongly',
      2,
      (id) => client.send(new GetItemCommand({ TableName, Key: keyOf(id), ConsistentRead: true })),
    ],
    [
      'only its id',
      2,
      (id) =>
        client.send(
          new GetItemCommand({ TableName, Key: keyOf(id), ConsistentRead: true, ProjectionExpression: 'id' }),
        ),
    ],
    [
      'one that is not there',
      0.5,
      () => client.send(new GetItemCommand({ TableName, Key: keyOf('missing') })),
    ],
    [
      'in a batch with one that is not there',
      1.5,
      (id) =>
        client.send(
          new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [keyOf(id), keyOf('missing')] } } }),
        ),
    ],
    [
      'by a query that filters it out',
      1,
      (id) =>
        client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#k = :id',
            FilterExpression: 'attribute_not_exists(#p)',
            ExpressionAttributeNames: { '#k': 'id', '#p': 'filling' },
            ExpressionAttributeValues: { ':id': { S: id } },
          }),
        ),
    ],
  ])('reads: an item of 5 KB %s costs %d', async (why, units, work) => {
    const id = `r ${why}`;
    await put(id, 5 * 1024, TableName, direct);
    expect(await unitsOf('Read', () => work(id))).toBe(units);
  });

  it('scans: the sum of what was looked at, in 4 KB', async () => {
    const { Items = [] } = await direct.send(new ScanCommand({ TableName, ConsistentRead: true }));
    const bytes = Items.reduce((sum, item) => sum + itemBytes(item), 0);
    const units = Math.ceil(bytes / 4096);
    const scan = (input: object) => client.send(new ScanCommand({ TableName, ...input }));
    expect(await unitsOf('Read', () => scan({ ConsistentRead: true }))).toBe(units);
    expect(await unitsOf('Read', () => scan({ Select: 'COUNT' }))).toBe(units / 2);
  });

  // Dynalite has no transactions.
  const itIfTransactional = kind === 'dynalite' ? null : it;
  itIfTransactional?.('transactions cost twice as much', async () => {
    const TransactItems = [
      { Put: { TableName, Item: itemOf('t1', 1025) } },
      { Put: { TableName, Item: itemOf('t2', 100) } },
    ];
    expect(await unitsOf('Write', () => client.send(new TransactWriteItemsCommand({ TransactItems })))).toBe(
      6,
    );
    const read = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: keyOf('t1') } }] });
    expect(await unitsOf('Read', () => client.send(read))).toBe(2);
  });

  it.each([
    ['an item of a byte over 400 KB (F42)', itemOf('large', 400 * 1024 + 1), 'Item size has exceeded'],
    ['a key of a byte over 2,048 (F46)', keyOf('k'.repeat(2049)), 'Size of hashkey has exceeded'],
  ])('refuses %s, at no cost', async (_why, Item, message) => {
    const refused = () =>
      expect(client.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    expect(await unitsOf('Write', refused)).toBe(0);
  });

  it('throttles an on-demand table over its maximum (F45), batches item by item', async () => {
    const name = 'Tables-Capped';
    const RequestItems = {
      [name]: ['a', 'b', 'c'].map((id) => ({ PutRequest: { Item: itemOf(id, 50 * 1024) } })),
    };
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
    expect(UnprocessedItems).toEqual({ [name]: RequestItems[name]!.slice(1) });
    // The first one cost 50 units of 1 a second: whatever comes in the next 49 s is too much.
    const refused = {
      name: 'ThrottlingException',
      $metadata: expect.objectContaining({ httpStatusCode: 400 }),
      throttlingReasons: [
        {
          reason: 'TableWriteMaxOnDemandThroughputExceeded',
          resource: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
        },
      ],
    };
    await expect(put('d', 100, name)).rejects.toMatchObject(refused);
    await expect(client.send(new BatchWriteItemCommand({ RequestItems }))).rejects.toMatchObject(refused);
    const { Items } = await direct.send(new ScanCommand({ TableName: name, ProjectionExpression: 'id' }));
    expect(Items).toEqual([keyOf('a')]);
    expect(tables.sumOf('WriteThrottleEvents', { TableName: name })).toBe(2 + 1 + 3);
    expect(tables.sumOf('ThrottledRequests', { TableName: name, Operation: 'BatchWriteItem' })).toBe(1);
    expect(tables.sumOf('ThrottledRequests', { TableName: name, Operation: 'PutItem' })).toBe(1);
  });

  it('throttles a provisioned table once its credit is used up (F44), and the SDK tries again', async () => {
    const name = 'Tables-Provisioned';
    await put('credit', 298 * 1024, name);
    await expect(put('too much', 100 * 1024, name)).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const patient = tables.clientOf(tables.functionEndpoint, { maxAttempts: 3 });
    await expect(put('too much', 100 * 1024, name, patient)).rejects.toMatchObject({
      $metadata: { attempts: 3 },
    });
  });
});

describe('GetMetricData of AWS/DynamoDB', () => {
  it('has what the functions consumed (F63)', async () => {
    const stage = await startStageProcess(`--template=${TABLES_TEMPLATE}`, '--engine=dynalite', '--meter');
    try {
      for (const body of ['one', 'two', 'three']) {
        expect((await fetch(stage.baseUrl, { method: 'POST', body })).status).toBe(200);
      }
      const ofTable = { TableName };
      const ofPuts = { TableName, Operation: 'PutItem' };
      const namespace = 'AWS/DynamoDB';
      const sums = await sumMetrics(stage, [
        { namespace, metric: 'ConsumedWriteCapacityUnits', dimensions: ofTable, stat: 'Sum' },
        { namespace, metric: 'SuccessfulRequestLatency', dimensions: ofPuts, stat: 'SampleCount' },
        { namespace, metric: 'WriteThrottleEvents', dimensions: ofTable, stat: 'Sum' },
      ]);
      expect(sums).toEqual([3, 3, 0]);
    } finally {
      await stage.stop();
    }
  });
});
