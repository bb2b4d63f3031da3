import type { MeteredTable } from './metered-call.ts';
import { readCall } from './read-call.ts';

const table: MeteredTable = {
  tableName: 'entries',
  keySchema: [
    { AttributeName: 'sort', KeyType: 'RANGE' },
    { AttributeName: 'id', KeyType: 'HASH' },
  ],
  throughput: { billingMode: 'PAY_PER_REQUEST', read: {}, write: {} },
};
const Key = { id: { S: 'a' }, sort: { N: '1' } };
const Item = { ...Key, filling: { S: 'x'.repeat(2000) } };
const TableName = 'entries';

/** The parts in short: what is used, by which partition key, and the units known on arrival. */
const partsOf = (operation: string, input: unknown) =>
  readCall(operation, input, (name) => (name === 'entries' ? table : undefined))?.parts.map(
    ({ access, partitionKey, knownUnits }) => [access, partitionKey, knownUnits],
  ) ?? null;

describe('readCall', () => {
  const a = '{"S":"a"}';
  it.each<[string, unknown, unknown]>([
    ['PutItem', { TableName, Item }, [['write', a, 2]]],
    ['UpdateItem', { TableName, Key }, [['write', a, 1]]],
    ['DeleteItem', { TableName, Key }, [['write', a, 1]]],
    ['GetItem', { TableName, Key }, [['read', a, 0.5]]],
    ['GetItem', { TableName, Key, ConsistentRead: true }, [['read', a, 1]]],
    ['Scan', { TableName }, [['read', null, 0.5]]],
    [
      'Query',
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'sort > :s AND #p=:p',
        ExpressionAttributeNames: { '#p': 'id' },
        ExpressionAttributeValues: { ':p': { S: 'a' }, ':s': { N: '0' } },
      },
      [['read', a, 1]],
    ],
    ['Query', { TableName, KeyConditionExpression: 'other = :p' }, [['read', null, 0.5]]],
    [
      'BatchWriteItem',
      { RequestItems: { entries: [{ PutRequest: { Item } }, { DeleteRequest: { Key } }] } },
      [
        ['write', a, 2],
        ['write', a, 1],
      ],
    ],
    ['BatchGetItem', { RequestItems: { entries: { Keys: [Key], ConsistentRead: true } } }, [['read', a, 1]]],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName, Item } },
          { Update: { TableName, Key } },
          { ConditionCheck: { TableName, Key } },
        ],
      },
      [
        ['write', a, 4],
        ['write', a, 2],
        ['write', a, 2],
      ],
    ],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }] }, [['read', a, 2]]],
    [
      'PutItem',
      { TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/entries', Item },
      [['write', a, 2]],
    ],
  ])('%s %j', (operation, input, parts) => {
    expect(partsOf(operation, input)).toEqual(parts);
  });

  it.each<[string, string, unknown]>([
    ['an operation that costs nothing', 'DescribeTable', { TableName }],
    ['PartiQL', 'ExecuteStatement', { Statement: 'SELECT * FROM entries' }],
    ['a table that is not of the template', 'PutItem', { TableName: 'other', Item }],
    [
      'a batch that is about such a table too',
      'BatchGetItem',
      { RequestItems: { entries: { Keys: [Key] }, other: { Keys: [Key] } } },
    ],
    ['a malformed call', 'PutItem', { TableName, Item: 'no' }],
    ['no object', 'PutItem', null],
    ['an empty batch', 'BatchWriteItem', { RequestItems: {} }],
  ])('does not meter %s', (_why, operation, input) => {
    expect(partsOf(operation, input)).toBeNull();
  });

  it('knows the primary key by which to look the item up', () => {
    const call = readCall('PutItem', { TableName, Item }, () => table);
    expect(call?.parts[0]).toMatchObject({ key: Key, newBytes: 2 + 1 + 4 + 2 + 7 + 2000 });
  });
});
