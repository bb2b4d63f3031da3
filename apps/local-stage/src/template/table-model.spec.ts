import { stackOf } from './__fixtures__/stack-of.ts';
import { readTables } from './table-model.ts';

const id = [{ AttributeName: 'id', KeyType: 'HASH' }];
const owner = [{ AttributeName: 'owner', KeyType: 'HASH' }];
const attributes = ['id', 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
const index = { IndexName: 'byOwner', KeySchema: owner, Projection: { ProjectionType: 'ALL' } };

describe('readTables', () => {
  it.each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])('reads an %s with its indexes', (Type) => {
    const stack = stackOf({
      Table: {
        Type,
        Properties: {
          KeySchema: id,
          AttributeDefinitions: attributes,
          GlobalSecondaryIndexes: [{ ...index, ProvisionedThroughput: { ReadCapacityUnits: 5 } }],
          LocalSecondaryIndexes: [{ ...index, IndexName: 'local' }],
        },
      },
    });
    expect(readTables(stack)).toEqual([
      expect.objectContaining({
        tableName: 'Some-Table',
        keySchema: id,
        attributeDefinitions: attributes,
        // The engine has no throughput of its own, so it is asked for none.
        globalSecondaryIndexes: [index],
        localSecondaryIndexes: [{ ...index, IndexName: 'local' }],
      }),
    ]);
  });

  it('names a table that it can not read, and reads the others', () => {
    const stack = stackOf({
      Odd: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: 'id' } },
      Sound: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { KeySchema: id, AttributeDefinitions: attributes },
      },
    });
    expect(readTables(stack).map(({ tableName }) => tableName)).toEqual(['Some-Sound']);
    expect([...stack.notPlayed]).toEqual([expect.stringMatching(/^table Some-Odd \(Odd\.KeySchema/)]);
  });

  it('names the replicas of a table beside the first', () => {
    const table = (...regions: readonly string[]): object => ({
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        KeySchema: id,
        AttributeDefinitions: attributes,
        Replicas: regions.map((Region) => ({ Region })),
      },
    });
    const stack = stackOf({ One: table('eu-west-1'), Two: table('eu-west-1', 'us-east-1') });
    expect(readTables(stack)).toHaveLength(2);
    expect([...stack.notPlayed]).toEqual(['table Some-Two: replicas in other Regions']);
  });
});
