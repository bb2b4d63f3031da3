import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  paginateScan,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { createTables } from '../src/dynamodb/create-tables.ts';
import { findDynoxide } from '../src/dynamodb/dynoxide.ts';
import type { DynamoDbEngine } from '../src/dynamodb/engine.ts';
import { startEngine } from '../src/dynamodb/start-engine.ts';

const TableName = 'entries';

/** `DYNAMODB_ENDPOINT` adds an engine from outside, such as DynamoDB Local: it has to pass the same suite. */
const external = process.env['DYNAMODB_ENDPOINT'];

const ENGINES = [
  { kind: 'dynalite' as const },
  ...(findDynoxide() === null ? [] : [{ kind: 'dynoxide' as const }]),
  ...(external === undefined ? [] : [{ kind: 'external' as const, endpoint: external }]),
];

/** An item counts the bytes of its names and values (F42); this one has `id` and `pad` and no more. */
const itemOfBytes = (id: string, bytes: number) => ({
  id,
  pad: 'x'.repeat(bytes - 'id'.length - id.length - 'pad'.length),
});
const ITEM_LIMIT_BYTES = 400 * 1024;

describe.each(ENGINES)('the engine $kind', (choice) => {
  let engine: DynamoDbEngine;
  let client: DynamoDBClient;
  let documents: DynamoDBDocumentClient;
  let nextId = 0;
  const newId = () => `${Date.now()}.${(nextId += 1)}`;

  beforeAll(async () => {
    engine = await startEngine(choice);
    await createTables(engine.endpoint, [
      {
        tableName: TableName,
        keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    ]);
    client = new DynamoDBClient({
      endpoint: engine.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    documents = DynamoDBDocumentClient.from(client);
  });
  afterAll(async () => {
    client.destroy();
    await engine.stop();
  });

  const read = async (id: string) =>
    (await documents.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item;
  const put = (Item: Record<string, unknown>) => documents.send(new PutCommand({ TableName, Item }));
  /** The write of ingest: new, or the same again. */
  const putOnce = (id: string, contentHash: string) =>
    documents.send(
      new PutCommand({
        TableName,
        Item: { id, contentHash, title: `content ${contentHash}` },
        ConditionExpression: 'attribute_not_exists(id) OR contentHash = :h',
        ExpressionAttributeValues: { ':h': contentHash },
      }),
    );
  const refused = expect.objectContaining({ name: 'ConditionalCheckFailedException' });

  it('takes the first content of an id, takes it again, and refuses any other', async () => {
    const id = newId();
    await putOnce(id, 'a');
    await putOnce(id, 'a');
    await expect(putOnce(id, 'b')).rejects.toEqual(refused);
    expect(await read(id)).toEqual({ id, contentHash: 'a', title: 'content a' });
  });

  it('lets exactly one of many contents win that come at once', async () => {
    const id = newId();
    const contents = Array.from({ length: 20 }, (_, i) => `hash-${i}`);
    const results = await Promise.allSettled(contents.map((contentHash) => putOnce(id, contentHash)));
    const winners = contents.filter((_, i) => results[i]!.status === 'fulfilled');
    const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(winners).toHaveLength(1);
    expect(losers).toEqual(Array.from({ length: 19 }, () => refused));
    expect(await read(id)).toMatchObject({ contentHash: winners[0] });
  });

  it('takes the same content any number of times at once', async () => {
    const id = newId();
    await Promise.all(Array.from({ length: 20 }, () => putOnce(id, 'same')));
    expect(await read(id)).toMatchObject({ contentHash: 'same' });
  });

  it.each([
    ['350 KB', 350 * 1024],
    ['exactly 400 KB', ITEM_LIMIT_BYTES],
  ])('takes an item of %s and gives it back', async (_size, bytes) => {
    const item = itemOfBytes(newId(), bytes);
    await put(item);
    expect(await read(item.id)).toEqual(item);
  });

  it('refuses an item of one byte over 400 KB (F42)', async () => {
    const item = itemOfBytes(newId(), ITEM_LIMIT_BYTES + 1);
    await expect(put(item)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Item size has exceeded the maximum allowed size',
    });
    expect(await read(item.id)).toBeUndefined();
  });

  it.each([
    ['nested maps and lists', { a: { b: { c: [{ d: [[]] }, {}, null, true] } } }],
    ['text of all planes', { 'ключ 😀': 'é \u0000 \u2028 \ud83d\ude00 "\\' }],
    ['numbers', { n: [0, -1, 1.5, 1e-130, 123456789012345, 9007199254740991] }],
    ['empty strings', { empty: '', inside: [''] }],
    ['names that mean something elsewhere', { size: 1, name: 'n', year: 2023, ['__proto__x']: 1 }],
  ])('gives %s back as it took them', async (_kind, attributes) => {
    const item = { id: newId(), attributes };
    await put(item);
    expect(await read(item.id)).toEqual(item);
  });

  it.each([
    [2_048, true],
    [2_049, false],
  ])('a key of %d bytes is accepted: %s (F46)', async (bytes, accepted) => {
    const id = newId().padEnd(bytes, 'k');
    const result = put({ id });
    if (accepted) await result;
    else await expect(result).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await read(id).catch(() => undefined)).toEqual(accepted ? { id } : undefined);
  });

  it('refuses an empty key', async () => {
    await expect(put({ id: '' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('scans page by page, filtered by the beginning of the id, each item once', async () => {
    const prefix = `scan.${newId()}.`;
    const mine = Array.from({ length: 25 }, (_, i) => `${prefix}${i}`);
    await Promise.all([...mine, ...mine.map((id) => `other.${id}`)].map((id) => put({ id })));
    const pages = paginateScan(
      { client: documents, pageSize: 7 },
      {
        TableName,
        ConsistentRead: true,
        FilterExpression: 'begins_with(id, :prefix)',
        ExpressionAttributeValues: { ':prefix': prefix },
        ProjectionExpression: 'id',
      },
    );
    const found: string[] = [];
    let pageCount = 0;
    for await (const { Items = [], ScannedCount = 0 } of pages) {
      pageCount += 1;
      expect(ScannedCount).toBeLessThanOrEqual(7);
      found.push(...Items.map(({ id }) => id as string));
    }
    expect(found.toSorted()).toEqual(mine.toSorted());
    expect(pageCount).toBeGreaterThanOrEqual(Math.ceil(50 / 7));
  });

  it('ends a page of a scan at 1 MB', async () => {
    const prefix = `large.${newId()}.`;
    const ids = Array.from({ length: 4 }, (_, i) => `${prefix}${i}`);
    await Promise.all(ids.map((id) => put(itemOfBytes(id, 350 * 1024))));
    const sizes: number[] = [];
    const found: string[] = [];
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName })) {
      sizes.push(JSON.stringify(Items).length);
      found.push(...Items.map(({ id }) => id as string));
    }
    expect(sizes.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...sizes)).toBeLessThan(1.5 * 1024 * 1024);
    expect(ids.filter((id) => !found.includes(id))).toEqual([]);
  });

  it('reads up to 100 items at once and leaves out those that are not there', async () => {
    const ids = Array.from({ length: 99 }, () => newId());
    await Promise.all(ids.map((id) => put({ id })));
    const Keys = [...ids, 'not.there'].map((id) => ({ id }));
    const { Responses, UnprocessedKeys } = await documents.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    expect(Responses?.[TableName]?.map(({ id }) => id as string).toSorted()).toEqual(ids.toSorted());
    expect(UnprocessedKeys ?? {}).toEqual({});
  });

  it('describes its table', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableName,
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
  });

  it('names a table that is not there', async () => {
    const missing = { name: 'ResourceNotFoundException' };
    await expect(
      documents.send(new PutCommand({ TableName: 'missing', Item: { id: 'x' } })),
    ).rejects.toMatchObject(missing);
    await expect(client.send(new DescribeTableCommand({ TableName: 'missing' }))).rejects.toMatchObject(
      missing,
    );
  });
});
