const process = require('node:process');
const { setTimeout: sleep } = require('node:timers/promises');

/** A function that does what the path asks, to see how the stage answers it. */
const ACTIONS = {
  '/echo': (event) => ({ statusCode: 200, body: JSON.stringify(event) }),
  '/environment': () => ({ statusCode: 200, body: JSON.stringify(process.env) }),
  '/multi': () => ({
    statusCode: 201,
    headers: { 'Content-Type': 'text/plain', 'X-One': '1' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    body: 'created',
  }),
  '/throw': () => {
    throw new Error('on purpose');
  },
  '/exit': () => process.exit(7),
  '/malformed': () => ({ message: 'no status code' }),
  '/slow': async () => {
    await sleep(200);
    return { statusCode: 200, body: 'slow' };
  },
  '/hang': () => sleep(60_000),
};

module.exports.handler = async (event) => (ACTIONS[event.path] ?? ACTIONS['/echo'])(event);
