const { Buffer } = require('node:buffer');
const process = require('node:process');
const { setTimeout: sleep } = require('node:timers/promises');

/** What the query asks for with `?act=`, to see how the stage answers it; without one the event comes back. */
const ACTIONS = {
  text: () => 'plain text',
  nothing: () => undefined,
  infer: () => ({ message: 'inferred' }),
  rich: () => ({
    statusCode: 201,
    headers: { 'Content-Type': 'text/css', 'x-count': 7, 'Access-Control-Allow-Origin': '*' },
    cookies: ['a=1; Secure', 'b=2'],
    body: 'body {}',
  }),
  lists: () => ({
    statusCode: 202,
    headers: { 'x-one': '1' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    body: 'listed',
  }),
  untyped: () => ({ statusCode: 200, body: 'untyped' }),
  binary: () => ({
    statusCode: 200,
    isBase64Encoded: true,
    body: Buffer.from([0, 255, 1]).toString('base64'),
  }),
  empty: () => ({ statusCode: 204 }),
  malformed: () => ({ statusCode: 200, body: { not: 'a string' } }),
  throw: () => {
    throw new Error('on purpose');
  },
  exit: () => process.exit(7),
  slow: async () => {
    await sleep(200);
    return { statusCode: 200, body: 'slow' };
  },
  hang: () => sleep(60_000),
};

const echo = (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});

module.exports.handler = async (event) => (ACTIONS[event.queryStringParameters?.act] ?? echo)(event);
