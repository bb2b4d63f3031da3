/* global Buffer, console, exports, process, setTimeout */
const { appendFileSync } = require('node:fs');

/** Handlers that do what handlers do wrong, one export each. */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

exports.echo = async (event, context) => ({ event, context, pid: process.pid });
exports.remaining = async (_event, context) => {
  const first = context.getRemainingTimeInMillis();
  await sleep(20);
  return [first, context.getRemainingTimeInMillis()];
};
exports.variables = async () => process.env;

/** One handler for all faults, so that the next request can be served by the same function. */
exports.handler = async ({ fault, ms, bytes, status, pidFile, timerFile }) => {
  if (pidFile) appendFileSync(pidFile, `${process.pid}\n`);
  switch (fault) {
    case 'exits':
      return process.exit(status);
    case 'throws':
      throw new TypeError('thrown at once');
    case 'rejects':
      await sleep(1);
      throw new RangeError('thrown later');
    case 'throws a string':
      throw 'just text';
    case 'throws outside':
      setTimeout(() => {
        throw new Error('nobody catches this');
      }, 1);
      return sleep(10_000);
    case 'rejects outside':
      void Promise.reject(new Error('nobody awaits this'));
      return sleep(10_000);
    case 'rejects after answering':
      setTimeout(() => void Promise.reject(new Error('too late')), ms);
      return process.pid;
    case 'leaves a timer':
      setTimeout(() => appendFileSync(timerFile, 'timer\n'), ms);
      return process.pid;
    case 'segfaults':
      return process.kill(process.pid, 'SIGSEGV');
    case 'sleeps':
      await sleep(ms);
      return process.pid;
    case 'loops':
      for (;;);
    case 'fills its heap': {
      const kept = [];
      for (;;) kept.push(new Array(100_000).fill(kept.length));
    }
    case 'never answers':
      return new Promise(() => {});
    case 'answers nothing':
      return undefined;
    case 'answers a circle': {
      const circle = {};
      circle.circle = circle;
      return circle;
    }
    case 'answers much':
      return 'x'.repeat(bytes);
    case 'prints':
      console.trace('one');
      console.debug('two');
      console.info('three', { a: 1 });
      console.log('%s', 'four');
      console.warn('five');
      console.error('six');
      process.stdout.write('{"level":"INFO","message":"as it is"}\n');
      process.stderr.write('without its line end');
      return 'printed';
    case 'prints in pieces':
      process.stdout.write(`piece${'x'.repeat(bytes)}`);
      await sleep(1);
      process.stdout.write(`${'x'.repeat(bytes)}piece\n`);
      return 'printed';
    case 'fills buffers': {
      const kept = [];
      for (;;) kept.push(Buffer.alloc(1_000_000, 1));
    }
    case 'writes much':
      process.stdout.write('out'.repeat(bytes));
      process.stderr.write('err'.repeat(bytes));
      return 'written';
    default:
      return process.pid;
  }
};

exports.callback = (event, _context, callback) => {
  if (event.error) callback(new RangeError(event.error));
  else setTimeout(() => callback(null, 'called back'), 1);
};
let order = [];
exports.callbackWaits = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = event.waits;
  order = [];
  setTimeout(() => order.push('timer'), 30);
  callback(null, { toJSON: () => [...order, 'answered'] });
};
exports.nested = { deeper: async () => 'found' };
exports.notAFunction = 42;
