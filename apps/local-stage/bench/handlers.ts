import { PutItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Costs the pool alone. */
export const trivial = async () => ({ statusCode: 200, body: '{"message":"ok"}' });

const client = new DynamoDBClient({});
let sequence = 0;

/** Costs what a handler with one conditional write costs: nearly all of it is the SDK's CPU. */
export const putsItem = async (event: { body: string }) => {
  sequence += 1;
  await client.send(
    new PutItemCommand({
      TableName: 'entries',
      Item: { id: { S: `bench.${process.pid}.${sequence}` }, body: { S: event.body } },
      ConditionExpression: 'attribute_not_exists(id)',
    }),
  );
  return { statusCode: 200, body: '{"message":"ok"}' };
};
