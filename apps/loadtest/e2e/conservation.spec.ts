import { outcomes, type Outcome } from '@spillway/capacity';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerLog } from '../src/generator/answer-log.ts';
import type { StepListener } from '../src/generator/open-loop.ts';
import { sendStep, type SentStep, type StepPlan } from '../src/generator/send-step.ts';
import { OK, startWireServer, type WireServer } from './start-wire-server.ts';

const RATE_PER_SECOND = 100;
const unheard: StepListener = { onSent: () => undefined, onSettled: () => undefined };

let server: WireServer;
afterEach(() => server.goAway());

function send(change: Partial<StepPlan> = {}): Promise<SentStep> {
  const plan: StepPlan = {
    name: 'conserved',
    runId: 'r1',
    target: new URL(server.url),
    arrivals: { kind: 'constant', ratePerSecond: RATE_PER_SECOND },
    warmUpMs: 0,
    holdMs: 600,
    payloadBytes: 512,
    horizonMs: 400,
    socketCap: 500,
    ...change,
  };
  return sendStep(plan, unheard, new AbortController().signal);
}

/** What the whole project rests on: sent = acknowledged + refused + throttled + failed + timeout + connection error. */
function expectConserved({ report, log }: SentStep): void {
  expect(report.sent).toBe(report.intended);
  expect(Object.values(report.counts).reduce((sum, count) => sum + count, 0)).toBe(report.sent);
  expect(outcomesOf(log).every((outcome) => outcome !== undefined)).toBe(true);
  expect(log.settled).toBe(report.sent);
}

function outcomesOf(log: AnswerLog): (Outcome | undefined)[] {
  return [...log.outcome].map((index) => outcomes[index]);
}

type Answer = (socket: Socket, sequence: number) => void;

const halfHead = 'HTTP/1.1 200 OK\r\ncontent-le';
const late500 = 'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n';

describe('every request sent has one ending', () => {
  it.each<[why: string, Answer, Partial<Record<Outcome, number>>]>([
    ['never answers', () => undefined, { timeout: 60 }],
    [
      'answers what is no HTTP',
      (socket) => socket.write('\x00\x01 garbage \xff\r\n\r\n'),
      { 'connection-error': 60 },
    ],
    ['ends after half a head', (socket) => socket.end(halfHead), { 'connection-error': 60 }],
    ['falls silent after half a head', (socket) => socket.write(halfHead), { timeout: 60 }],
    ['ends after half a body', (socket) => socket.end(OK.slice(0, -1)), { 'connection-error': 60 }],
    ['falls silent after half a body', (socket) => socket.write(OK.slice(0, -1)), { timeout: 60 }],
    [
      'only says that more will come',
      (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'),
      { timeout: 60 },
    ],
    ['resets the connection', (socket) => socket.resetAndDestroy(), { 'connection-error': 60 }],
    [
      'promises a length that is none',
      (socket) => socket.write(OK.replace('2\r', 'x\r')),
      { 'connection-error': 60 },
    ],
    ['redirects', (socket) => socket.write(OK.replace('200 OK', '302 Found')), { refused: 60 }],
  ])('by a server that %s', async (_why, answer, counts) => {
    server = await startWireServer(answer);
    const step = await send();
    expectConserved(step);
    expect(step.report.counts).toMatchObject(counts);
    expect(server.received()).toBe(60);
  });

  it('by a server that closes every connection it accepts', async () => {
    server = await startWireServer(
      () => undefined,
      (socket) => socket.destroy(),
    );
    const step = await send();
    expectConserved(step);
    expect(step.report.counts['connection-error']).toBe(60);
  });

  it('by a server that answers twice: the second answer is nobody’s', async () => {
    server = await startWireServer((socket) => socket.write(OK + late500));
    const step = await send();
    expectConserved(step);
    // A connection with an answer too many is given up; what was asked on it is broken at worst, never failed.
    expect(step.report.counts.failed).toBe(0);
    expect(step.report.counts.acknowledged).toBeGreaterThan(0);
    expect([...step.log.status]).not.toContain(500);
  });

  it('by a server that answers some requests in each of these ways', async () => {
    const ways: readonly Answer[] = [
      (socket) => socket.write(OK),
      () => undefined,
      (socket) => socket.end(halfHead),
      (socket) => socket.write(OK + OK),
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.write(late500),
      (socket) => socket.write('\r\n\r\nnonsense'),
    ];
    server = await startWireServer((socket, sequence) => ways[sequence % ways.length]?.(socket, sequence));
    expectConserved(await send({ holdMs: 1400 }));
  });

  it('when the server goes away in the middle and comes back on the same port', async () => {
    server = await startWireServer((socket) => socket.write(OK));
    const sending = send({ holdMs: 2000, horizonMs: 2000 });
    while (server.received() < 40) await sleep(10);
    await server.goAway();
    await sleep(400);
    await server.comeBack();
    const step = await sending;
    expectConserved(step);
    const ends = outcomesOf(step.log);
    expect(step.report.counts.acknowledged).toBeLessThanOrEqual(server.received());
    expect(step.report.counts.acknowledged + step.report.counts['connection-error']).toBe(step.report.sent);
    expect(ends.at(0)).toBe('acknowledged');
    expect(ends).toContain('connection-error');
    expect(ends.at(-1)).toBe('acknowledged');
  });
});
