import { contentOf, jsonAnswer } from '../table-answer.ts';
import { readCall } from './read-call.ts';
import { isBatch, reducedBatch, withUnprocessed } from './split-batch.ts';

const callOf = (operation: string, RequestItems: unknown) =>
  readCall(operation, { RequestItems, ReturnConsumedCapacity: 'NONE' }, (tableName) => ({
    tableName,
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    throughput: { billingMode: 'PAY_PER_REQUEST', read: {}, write: {} },
  }))!;

const key = (id: string) => ({ id: { S: id } });
const write = (id: string) => ({ PutRequest: { Item: key(id) } });
const writes = callOf('BatchWriteItem', { one: [write('a'), write('b')], two: [write('a')] });
const reads = callOf('BatchGetItem', {
  one: { ConsistentRead: true, Keys: [key('a'), key('b')] },
  two: { Keys: [key('a')] },
});
const isA = ({ partitionKey }: { readonly partitionKey: string | null }) => partitionKey === '{"S":"a"}';
const isB = (part: { readonly partitionKey: string | null }) => !isA(part);

describe('reducedBatch', () => {
  it.each([
    ['keeps what is admitted of each table', writes, isA, { one: [write('a')], two: [write('a')] }],
    ['leaves out a table of which nothing is', writes, isB, { one: [write('b')] }],
    ['keeps how a table is to be read', reads, isB, { one: { ConsistentRead: true, Keys: [key('b')] } }],
  ])('%s', (_what, call, isKept, RequestItems) => {
    expect(reducedBatch(call, isKept)).toEqual({ RequestItems, ReturnConsumedCapacity: 'NONE' });
  });
});

describe('withUnprocessed', () => {
  it('adds what was refused to what the table itself left', () => {
    const answer = jsonAnswer(200, { UnprocessedItems: { three: [write('c')] } });
    expect(contentOf(withUnprocessed(answer, writes, isB))).toEqual({
      UnprocessedItems: { one: [write('b')], three: [write('c')] },
    });
  });

  it('names the keys of reads', () => {
    const answer = jsonAnswer(200, { Responses: { one: [key('a')] } });
    expect(contentOf(withUnprocessed(answer, reads, isB))).toEqual({
      Responses: { one: [key('a')] },
      UnprocessedKeys: { one: { ConsistentRead: true, Keys: [key('b')] } },
    });
  });

  it('leaves an error as it is', () => {
    const answer = jsonAnswer(400, { __type: 'ValidationException' });
    expect(withUnprocessed(answer, writes, isB)).toBe(answer);
  });
});

describe('isBatch', () => {
  it('holds for reads and writes, and for no transaction', () => {
    const transaction = { ...writes, operation: 'TransactWriteItems' };
    expect([reads, writes, transaction].map(isBatch)).toEqual([true, true, false]);
  });
});
