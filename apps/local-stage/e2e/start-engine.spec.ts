import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables } from '../src/dynamodb/create-tables.ts';
import { findDynoxide } from '../src/dynamodb/dynoxide.ts';
import type { DynamoDbEngine } from '../src/dynamodb/engine.ts';
import { startEngine } from '../src/dynamodb/start-engine.ts';

const OURS = [['dynalite'], ...(findDynoxide() === null ? [] : [['dynoxide']])] as [
  'dynalite' | 'dynoxide',
][];

const ENTRIES = {
  tableName: 'entries',
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
};

const clientOf = ({ endpoint }: DynamoDbEngine) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

describe('startEngine', () => {
  let engine: DynamoDbEngine | null = null;
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'start-engine-'));
  });
  afterEach(async () => {
    await engine?.stop();
    rmSync(directory, { recursive: true });
  });

  it.each(OURS)('%s answers as soon as it is started, and no more once it is stopped', async (kind) => {
    engine = await startEngine({ kind });
    expect(engine.name).toBe(kind);
    expect((await fetch(engine.endpoint)).status).toBe(200);
    await engine.stop();
    await expect(fetch(engine.endpoint)).rejects.toThrow();
  });

  it.each(OURS)('%s runs twice at once, each with its own tables', async (kind) => {
    engine = await startEngine({ kind });
    const other = await startEngine({ kind });
    try {
      expect(other.endpoint).not.toBe(engine.endpoint);
      await createTables(engine.endpoint, [ENTRIES]);
      const describeIt = clientOf(other).send(new DescribeTableCommand({ TableName: 'entries' }));
      await expect(describeIt).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    } finally {
      await other.stop();
    }
  });

  it.each(OURS)(
    '%s keeps what it acknowledged in its data directory, across stop and start',
    async (kind) => {
      const dataDirectory = join(directory, 'made', 'by', 'the', 'engine');
      engine = await startEngine({ kind, dataDirectory });
      await createTables(engine.endpoint, [ENTRIES]);
      await clientOf(engine).send(new PutItemCommand({ TableName: 'entries', Item: { id: { S: 'kept' } } }));
      await engine.stop();
      engine = await startEngine({ kind, dataDirectory });
      await createTables(engine.endpoint, [ENTRIES]);
      const { Item } = await clientOf(engine).send(
        new GetItemCommand({ TableName: 'entries', Key: { id: { S: 'kept' } } }),
      );
      expect(Item).toEqual({ id: { S: 'kept' } });
    },
  );

  it('auto is the native engine where it is installed', async () => {
    engine = await startEngine({ kind: 'auto' });
    expect(engine.name).toBe(findDynoxide() === null ? 'dynalite' : 'dynoxide');
  });

  it('uses an external engine and leaves it alone', async () => {
    const own = await startEngine({ kind: 'dynalite' });
    try {
      engine = await startEngine({ kind: 'external', endpoint: own.endpoint });
      await createTables(engine.endpoint, [ENTRIES]);
      await engine.stop();
      expect((await fetch(own.endpoint)).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it.each([
    ['nobody listens', null],
    ['something else answers', 404],
  ])('refuses an external endpoint where %s, naming it', async (_case, status) => {
    const server = createServer((_request, response) => response.writeHead(status ?? 500).end('no'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (status === null) await new Promise((resolve) => server.close(resolve));
    await expect(startEngine({ kind: 'external', endpoint })).rejects.toMatchObject({
      code: 'ENGINE_NOT_ANSWERING',
      message: expect.stringContaining(endpoint),
    });
    if (status !== null) await new Promise((resolve) => server.close(resolve));
  });
});

describe('createTables', () => {
  it.each(OURS)('on %s makes tables on demand that are ACTIVE, however often it is called', async (kind) => {
    const engine = await startEngine({ kind });
    try {
      await Promise.all([createTables(engine.endpoint, [ENTRIES]), createTables(engine.endpoint, [ENTRIES])]);
      await createTables(engine.endpoint, [ENTRIES, { ...ENTRIES, tableName: 'more-entries' }]);
      for (const TableName of ['entries', 'more-entries']) {
        const { Table } = await clientOf(engine).send(new DescribeTableCommand({ TableName }));
        expect(Table).toMatchObject({
          TableStatus: 'ACTIVE',
          KeySchema: ENTRIES.keySchema,
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        });
      }
    } finally {
      await engine.stop();
    }
  });

  it('refuses a table that is there with another key, naming both', async () => {
    const engine = await startEngine({ kind: 'dynalite' });
    try {
      await createTables(engine.endpoint, [ENTRIES]);
      const differs = {
        ...ENTRIES,
        keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
        attributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
      };
      await expect(createTables(engine.endpoint, [differs])).rejects.toMatchObject({
        code: 'TABLE_DIFFERS',
        message: expect.stringContaining('table entries: found the key id (HASH), want pk (HASH)'),
      });
    } finally {
      await engine.stop();
    }
  });
});
