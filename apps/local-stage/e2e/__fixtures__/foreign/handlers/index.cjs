const process = require('node:process');

/** Says which function was called, by which route, and what it was configured with. */
module.exports.tell = async (event, context) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    functionName: context.functionName,
    resource: event.resource ?? event.routeKey,
    path: event.path ?? event.rawPath,
    pathParameters: event.pathParameters ?? null,
    stage: event.requestContext.stage,
    settings: Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('APP_'))),
  }),
});

/** Writes an item and reads it back by the key of the index. */
module.exports.store = async (event) => {
  // Not in the bundle: Lambda's runtime brings the SDK.
  const { DynamoDBClient, PutItemCommand, QueryCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  const { id, owner } = JSON.parse(event.body);
  await client.send(
    new PutItemCommand({ TableName: process.env.APP_TABLE, Item: { id: { S: id }, owner: { S: owner } } }),
  );
  const { Items } = await client.send(
    new QueryCommand({
      TableName: process.env.APP_TABLE,
      IndexName: 'byOwner',
      KeyConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': { S: owner } },
    }),
  );
  return { statusCode: 200, body: JSON.stringify({ table: process.env.APP_TABLE, found: Items }) };
};

/** Uses what a layer brings. */
module.exports.greet = async () => ({ statusCode: 200, body: require('greeting').greet('layer') });
