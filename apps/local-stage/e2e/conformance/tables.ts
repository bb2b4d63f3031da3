import {
  DynamoDBClient,
  PutItemCommand,
  type DynamoDBServiceException,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { send } from './exchange.ts';
import { sumOf } from './metrics.ts';
import { at, fits, type Proof, type Row } from './row.ts';
import type { ConformanceStage } from './stages.ts';

type Put = (TableName: string, id: string, itemBytes: number) => Promise<string>;

export const ITEM_LIMIT_BYTES = 400 * 1024;
export const LARGEST_ITEM_UNITS = 400;

/** What was answered to a PutItem: `stored`, or status and name of the error. */
async function outcomeOf(client: DynamoDBClient, input: PutItemCommandInput): Promise<string> {
  try {
    await client.send(new PutItemCommand(input));
    return 'stored';
  } catch (error) {
    const { name, $metadata } = error as DynamoDBServiceException;
    return `${$metadata.httpStatusCode} ${name}`;
  }
}

/** Puts into the tables as a function does, by the endpoint that functions are told. */
export function metered(
  see: (put: Put, stage: ConformanceStage) => Promise<unknown>,
  wanted: unknown,
): Proof {
  return at(
    'roomy',
    async (stage) => {
      const endpoint = (await send({ url: stage.url('rest', '/tables') })).body;
      const client = new DynamoDBClient({ ...stage.aws, endpoint });
      try {
        return await see((table, id, itemBytes) => outcomeOf(client, input(table, id, itemBytes)), stage);
      } finally {
        client.destroy();
      }
    },
    wanted,
  );
}

/** An item of so many bytes: names and values count (F42). */
function input(TableName: string, id: string, itemBytes: number): PutItemCommandInput {
  const filling = 'x'.repeat(Math.max(0, itemBytes - 'id'.length - id.length - 'b'.length));
  return { TableName, Item: { id: { S: id }, ...(filling === '' ? {} : { b: { S: filling } }) } };
}

const isRefused = (outcome: string): boolean => outcome !== 'stored';

/**
 * Puts all at once, again until something was refused, and counts what was stored against limit × (1 + time): the
 * slower the machine, the more a right table stores.
 */
async function flood(
  puts: readonly (() => Promise<string>)[],
  unitsEach: number,
  unitsPerSecond: number,
): Promise<unknown> {
  const startMs = performance.now();
  const outcomes: string[] = [];
  while (!outcomes.some(isRefused)) {
    outcomes.push(...(await Promise.all(puts.map((put) => put()))));
  }
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  const refused = outcomes.filter(isRefused);
  const stored = outcomes.length - refused.length;
  const most = (unitsPerSecond * (1 + elapsedSeconds)) / unitsEach;
  return {
    stored: fits(stored, Math.floor(unitsPerSecond / unitsEach), most),
    others: [...new Set(refused)],
  };
}

/** F44: how an on-demand table refuses. */
const THROTTLED_ON_DEMAND = { stored: 'fits', others: ['400 ThrottlingException'] };

const keys = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `key-${index}`);

/** How DynamoDB limits tables, played with `--meter`. */
export const tableRows: readonly Row[] = [
  {
    fact: 'F40',
    says: 'a new on-demand table takes 4,000 write units/s',
    stage: metered(
      (put) =>
        flood(
          keys(40).map((key) => () => put('fresh', key, ITEM_LIMIT_BYTES)),
          LARGEST_ITEM_UNITS,
          4000,
        ),
      THROTTLED_ON_DEMAND,
    ),
  },
  {
    fact: 'F41',
    says: 'one hot key takes 1,000 write units/s, far below the table',
    stage: metered(
      async (put) => {
        const hot = keys(20).map(() => () => put('hot', 'hot', ITEM_LIMIT_BYTES));
        return [await flood(hot, LARGEST_ITEM_UNITS, 1000), await put('hot', 'cold', 100)];
      },
      [THROTTLED_ON_DEMAND, 'stored'],
    ),
  },
  {
    fact: 'F42',
    says: 'an item of 400 KB is the largest: names and values count',
    stage: metered(
      async (put) => [
        await put('plain', 'largest', ITEM_LIMIT_BYTES),
        await put('plain', 'too large', ITEM_LIMIT_BYTES + 1),
      ],
      ['stored', '400 ValidationException'],
    ),
  },
  {
    fact: 'F43',
    says: '1,024 B are one write unit, 1,025 B are two',
    stage: metered(
      async (put, stage) => {
        const units = () =>
          sumOf(stage, 'AWS/DynamoDB', 'ConsumedWriteCapacityUnits', { TableName: 'plain' });
        const before = (await units()) ?? 0;
        await put('plain', 'one unit', 1024);
        const between = (await units()) ?? 0;
        await put('plain', 'two units', 1025);
        return [between - before, ((await units()) ?? 0) - between];
      },
      [1, 2],
    ),
  },
  {
    fact: 'F44',
    says: 'a provisioned table of 5 has 300 s of burst credit, then ProvisionedThroughputExceededException',
    stage: metered(
      async (put) => {
        const outcomes: string[] = [];
        for (const key of keys(5)) outcomes.push(await put('provisioned', key, ITEM_LIMIT_BYTES));
        return outcomes;
      },
      [
        'stored',
        'stored',
        'stored',
        '400 ProvisionedThroughputExceededException',
        '400 ProvisionedThroughputExceededException',
      ],
    ),
  },
  {
    fact: 'F45',
    says: 'MaxWriteRequestUnits caps an on-demand table',
    stage: metered(
      (put) =>
        flood(
          keys(40).map((key) => () => put('capped', key, 100)),
          1,
          1,
        ),
      THROTTLED_ON_DEMAND,
    ),
  },
  {
    fact: 'F46',
    says: 'a partition key of 2,048 B is the longest',
    stage: metered(
      async (put) => [await put('plain', 'k'.repeat(2048), 0), await put('plain', 'k'.repeat(2049), 0)],
      ['stored', '400 ValidationException'],
    ),
  },
];
