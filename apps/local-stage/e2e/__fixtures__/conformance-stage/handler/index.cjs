const { Buffer } = require('node:buffer');
const { randomUUID } = require('node:crypto');
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const process = require('node:process');
const { setTimeout: sleep } = require('node:timers/promises');

/** Of this execution environment: there is one as long as this module is loaded. */
const ENVIRONMENT_ID = randomUUID();

const answered = (body) => ({ statusCode: 200, body });

/** Says that it runs, then waits until the test opens the gate. */
async function hold({ gate }) {
  writeFileSync(`${gate}.${randomUUID()}`, '');
  while (!existsSync(gate)) await sleep(10);
  return answered(ENVIRONMENT_ID);
}

/** Waits without saying so. */
async function wait({ gate }) {
  while (!existsSync(gate)) await sleep(10);
  return answered('done');
}

/** Leaves a line for each invocation, then fails. */
function count({ file, how }) {
  appendFileSync(file, 'invoked\n');
  if (how === 'exit') process.exit(7);
  throw new Error('on purpose');
}

const hang = () => sleep(60_000);

/** That a gateway of one kind or the other writes itself. */
const OWN_HEADERS = {
  'x-amzn-requestid': 'mine',
  'x-amz-apigw-id': 'mine',
  'x-amzn-trace-id': 'mine',
  'apigw-requestid': 'mine',
  'content-length': '1',
};

/** A function that does what the last segment of the path asks, to see how the gateway answers it. */
const ACTIONS = {
  throw: () => {
    throw new Error('on purpose');
  },
  exit: () => process.exit(7),
  teapot: () => ({ statusCode: 418, body: 'short and stout' }),
  switching: () => ({ statusCode: 101 }),
  'own-headers': () => ({ ...answered('ok'), headers: OWN_HEADERS }),
  malformed: () => ({ statusCode: 'many', body: 'not a status' }),
  hang,
  brief: hang,
  hold,
  single: hold,
  many: wait,
  wait,
  count,
  counted: ({ how }) => {
    if (how === 'throw') throw new Error('on purpose');
    return answered('counted');
  },
  sized: ({ bytes }) => answered('x'.repeat(Number(bytes))),
  'event-bytes': (_query, event) => answered(String(Buffer.byteLength(JSON.stringify(event)))),
  tables: () => answered(process.env.AWS_ENDPOINT_URL_DYNAMODB),
};

/** Takes the events of both kinds of API: only their path has another name. */
module.exports.handler = async (event) => {
  const action = ACTIONS[(event.path ?? event.rawPath).split('/').at(-1)];
  return action ? action(event.queryStringParameters ?? {}, event) : answered('ok');
};
