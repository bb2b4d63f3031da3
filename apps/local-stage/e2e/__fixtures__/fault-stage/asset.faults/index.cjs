const { Buffer } = require('node:buffer');
const console = require('node:console');
const process = require('node:process');
const { setTimeout } = require('node:timers');
const { setTimeout: sleep } = require('node:timers/promises');

/** What handlers do wrong, one for each path. */
const FAULTS = {
  '/exits': () => process.exit(3),
  '/throws': () => {
    throw new TypeError('on purpose');
  },
  '/throws-after-answering': () => {
    setTimeout(() => {
      throw new Error('too late');
    }, 300);
    return answer('answered');
  },
  '/fills-its-heap': () => {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  '/fills-buffers': () => {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(1_000_000, 1));
  },
  '/spins': () => {
    for (;;);
  },
  '/answers-7-mb': () => answer('x'.repeat(7 * 1024 * 1024)),
  '/answers-nothing': () => undefined,
  '/rejects-outside': () => {
    void Promise.reject(new Error('nobody awaits this'));
    return sleep(10_000);
  },
  '/waits': () => sleep(200).then(() => answer('waited')),
  '/prints': () => {
    console.info('said %s', 'so');
    const metadata = {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: 'Faults',
          Dimensions: [['service'], []],
          Metrics: [{ Name: 'Printed', Unit: 'Count', StorageResolution: 1 }],
        },
      ],
    };
    process.stdout.write(`${JSON.stringify({ _aws: metadata, service: 'faults', Printed: [1, 2] })}\n`);
    process.stdout.write('{"_aws":{"Timestamp":"never"}}\n');
    return answer('printed');
  },
};

const answer = (body) => ({ statusCode: 200, body });

module.exports.handler = async (event) => {
  const fault = FAULTS[event.path];
  return fault ? fault() : answer(String(process.pid));
};
