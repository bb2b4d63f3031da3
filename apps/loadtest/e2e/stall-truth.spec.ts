import { figuresOf, waitsUnderStalls } from '@spillway/capacity/testing';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { sendStep } from '../src/generator/send-step.ts';
import type { StallRecord } from './stalling-server.ts';

const RATE_PER_SECOND = 200;
const HOLD_MS = 20_000;
/** Clients' and server's clocks agree to this, ms: a step's start is given in whole milliseconds. */
const CLOCK_MS = 2;
const WITHIN_RATIO = 0.02;

// Whoever reads the answers can be held up by this machine too, which says nothing of the generator.
jest.retryTimes(2);

describe('a server that stands still for 1 s every 10 s', () => {
  let server: ChildProcess;
  beforeEach(() => {
    server = fork(path.join(__dirname, 'stalling-server.ts'), ['5000', '15000'], { execArgv: [] });
  });
  afterEach(() => server.kill('SIGKILL'));

  it('is reported with the p99 and the share above 500 ms that follow from schedule and stalls', async () => {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const { log, report } = await sendStep(
      {
        name: 'stall',
        runId: 'r1',
        target: new URL(`http://127.0.0.1:${port}/`),
        arrivals: { kind: 'constant', ratePerSecond: RATE_PER_SECOND },
        warmUpMs: 0,
        holdMs: HOLD_MS,
        payloadBytes: 512,
        horizonMs: 5000,
        socketCap: 2000,
      },
      { onSent: () => undefined, onSettled: () => undefined },
      new AbortController().signal,
    );
    server.send('report');
    const [{ stalls, answeredMs }] = (await once(server, 'message')) as [StallRecord];
    const count = (RATE_PER_SECOND * HOLD_MS) / 1000;
    expect(report.counts.acknowledged).toBe(count);
    expect(stalls).toHaveLength(2);

    const originMs = Date.parse(report.startedAt);
    const dueMs = log.intendedMs.map((intendedMs) => originMs + intendedMs);
    // Who comes at t within [start, end) waits for the end; everybody else can be answered at once.
    const analytic = waitsUnderStalls(dueMs, stalls);
    // The server's own account, in which working off what piled up takes time too.
    const served = dueMs.map((atMs, sequence) => (answeredMs[sequence] as number) - atMs);

    // No request that met a stall is shown any faster than that: nothing is timed from when it could be sent.
    analytic.forEach((waitMs, sequence) => {
      expect(log.latencyMs[sequence]).toBeGreaterThanOrEqual(waitMs - CLOCK_MS);
    });
    const [least, most, reported] = [analytic, served, log.latencyMs].map(figuresOf);
    expect(least?.p99Ms).toBeGreaterThan(800);
    expect(least?.slowRatio).toBeCloseTo(0.05, 2);
    for (const figure of ['p99Ms', 'slowRatio'] as const) {
      const highest = Math.max(least![figure], most![figure]);
      expect(reported![figure]).toBeGreaterThanOrEqual(least![figure] * (1 - WITHIN_RATIO));
      expect(reported![figure]).toBeLessThanOrEqual(highest * (1 + WITHIN_RATIO));
    }
  }, 60_000);
});
