import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { send, type ClientAnswer } from './exchange.ts';
import { maximumOf, samplesOf, sumOf } from './metrics.ts';
import { at, both, fits, statuses, times, type Row } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';
import { isThrottled } from './throttled-function.ts';

/** Physical name of a function of the fixture: `<stack>-<logical id>`. */
const functionName = (kind: Kind, role: string): string =>
  `Conformance-${kind === 'rest' ? 'Rest' : 'Http'}${role}`;

const ofFunction = (kind: Kind, role: string) => ({ FunctionName: functionName(kind, role) });

/** Requests that the function holds until their gate opens. */
async function holding(stage: ConformanceStage, url: string, count: number) {
  const name = `gate-${Math.random()}`;
  const gate = join(stage.folder, name);
  const answers = times(count, { url: `${url}?gate=${gate}` }).map(send);
  while ((await readdir(stage.folder)).filter((file) => file.startsWith(`${name}.`)).length < count) {
    await sleep(10);
  }
  return {
    open: async (): Promise<readonly ClientAnswer[]> => {
      await writeFile(gate, '');
      return Promise.all(answers);
    },
  };
}

/** F30, F36: three requests that overlap. */
async function overlapping(stage: ConformanceStage, kind: Kind): Promise<readonly ClientAnswer[]> {
  return (await holding(stage, stage.url(kind, '/hold'), 3)).open();
}

/** F34, F31: one request holds the only environment while another comes. */
async function lossSystem(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const held = await holding(stage, stage.url(kind, '/single'), 1);
  const second = await send({ url: stage.url(kind, '/single?gate=none') });
  const [first] = await held.open();
  const third = await (await holding(stage, stage.url(kind, '/single'), 1)).open();
  return { second: isThrottled(kind, second), first: first?.status, third: third[0]?.status };
}

/** F32: one request after the other, so that concurrency never exceeds the reserved 1, until one is refused. */
async function tenTimesRule(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const startMs = performance.now();
  for (let admitted = 0; ; admitted += 1) {
    if (isThrottled(kind, await send({ url: stage.url(kind, '/ten') }))) {
      return fits(admitted, 10, 10 * (1 + (performance.now() - startMs) / 1000));
    }
  }
}

/** F33: 1,500 requests that nothing ends until Lambda has decided on each. */
async function scalingRate(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const gate = join(stage.folder, `${kind}-scaling-gate`);
  const startMs = performance.now();
  const answers = times(1500, { url: stage.url(kind, `/many?gate=${gate}`) }).map(send);
  const dimensions = ofFunction(kind, 'Many');
  const decided = async () =>
    (await samplesOf(stage, 'AWS/Lambda', 'Throttles', dimensions)) +
    (await samplesOf(stage, 'AWS/Lambda', 'ConcurrentExecutions', dimensions));
  while ((await decided()) < 1500) await sleep(20);
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  await writeFile(gate, '');
  const answered = await Promise.all(answers);
  const served = answered.filter(({ status }) => status === 200).length;
  const refused = answered.filter((answer) => isThrottled(kind, answer)).length;
  return [fits(served, 1000, 1000 + 100 * elapsedSeconds), served + refused];
}

/** F35: a function without any concurrency is called twice. */
async function throttledTwice(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await statuses(times(2, { url: stage.url(kind, '/uncounted') }));
  const sum = (metric: string) => sumOf(stage, 'AWS/Lambda', metric, ofFunction(kind, 'Uncounted'));
  return {
    throttles: await sum('Throttles'),
    invocations: (await sum('Invocations')) ?? 0,
    errors: (await sum('Errors')) ?? 0,
  };
}

/** F36: a function whose first init never ends, and says when each began: the process is up some time before. */
async function slowInit(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const { status, body } = await send({ url: stage.url(kind, '/slow-init') });
  const file = join(stage.folder, kind === 'rest' ? 'Rest-init' : 'Http-init');
  const beganAtMs = (await readFile(file, 'utf8')).trimEnd().split('\n').map(Number);
  const [first = NaN, second = NaN] = beganAtMs;
  return { status, body, attempts: beganAtMs.length, isAfterMoreThan5Seconds: second - first > 5000 };
}

async function accountConcurrency({ aws }: ConformanceStage): Promise<unknown> {
  const { AccountLimit } = await new LambdaClient(aws).send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions;
}

const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Of the JSON around a body of x's: `{"statusCode":200,"body":""}`. */
const ENVELOPE_BYTES = 28;

/** F37: the size is that of the answer's JSON. Lambda's own message names 100 B more than 6 MB, the fact does not. */
function answerSizes(stage: ConformanceStage, kind: Kind): Promise<readonly number[]> {
  const sized = (jsonBytes: number) => ({
    url: stage.url(kind, `/sized?bytes=${jsonBytes - ENVELOPE_BYTES}`),
  });
  return statuses([sized(PAYLOAD_BYTES), sized(PAYLOAD_BYTES + 100_000), sized(7_000_000)]);
}

/** How Lambda runs functions. */
export const functionRows: readonly Row[] = [
  {
    fact: 'F30',
    says: 'an account has 1,000 concurrent executions by default',
    stage: at('narrow', accountConcurrency, 1000),
  },
  {
    fact: 'F30',
    says: 'concurrency in use is what arrived and has not ended',
    ...both(async (stage, kind) => {
      await overlapping(stage, kind);
      return maximumOf(stage, 'AWS/Lambda', 'ConcurrentExecutions', ofFunction(kind, 'Crowd'));
    }, 3),
  },
  {
    fact: 'F32',
    says: 'reserved 1 means 10 requests/s, whatever the duration',
    ...both(tenTimesRule, 'fits'),
  },
  {
    fact: 'F33',
    says: '1,000 new environments at once, and 100/s more',
    ...both(scalingRate, ['fits', 1500]),
  },
  {
    fact: 'F34',
    says: 'an invocation that finds reserved concurrency taken is refused, not queued (F31: a ceiling)',
    ...both(lossSystem, { second: true, first: 200, third: 200 }),
  },
  {
    fact: 'F35',
    says: 'throttles are neither invocations nor errors',
    ...both(throttledTwice, { throttles: 2, invocations: 0, errors: 0 }),
  },
  {
    fact: 'F36',
    says: 'an environment serves one invocation at a time',
    ...both(async (stage, kind) => {
      const answers = await overlapping(stage, kind);
      return new Set(answers.map(({ body }) => body)).size;
    }, 3),
  },
  {
    fact: 'F36',
    says: 'an init of more than 10 s is tried again inside the first invocation',
    ...both(slowInit, { status: 200, body: 'initialized', attempts: 2, isAfterMoreThan5Seconds: true }),
  },
  {
    fact: 'F37',
    says: 'a function may answer 6 MB, and not 6.1 MB',
    rest: at('roomy', (stage) => answerSizes(stage, 'rest'), [200, 502, 502]),
    http: at('roomy', (stage) => answerSizes(stage, 'http'), [200, 500, 500]),
  },
];
