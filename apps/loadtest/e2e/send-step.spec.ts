import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { outcomes } from '@spillway/capacity';
import type { StepListener } from '../src/generator/open-loop.ts';
import { sendStep, type StepPlan } from '../src/generator/send-step.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

const unheard: StepListener = { onSent: () => undefined, onSettled: () => undefined };
const never = new AbortController().signal;

function planOf(url: string, change: Partial<StepPlan> = {}): StepPlan {
  return {
    name: 'spec',
    runId: 'r1',
    target: new URL(url),
    arrivals: { kind: 'constant', ratePerSecond: 100 },
    warmUpMs: 0,
    holdMs: 800,
    payloadBytes: 512,
    horizonMs: 1000,
    socketCap: 2000,
    ...change,
  };
}

describe('sendStep', () => {
  let server: ScriptedServer | undefined;
  afterEach(() => server?.stop());

  it('gives every request one ending of its kind: answers, resets, half answers, silence and lateness', async () => {
    server = await startScriptedServer('mixed');
    const { report, log } = await sendStep(planOf(server.url, { horizonMs: 3000 }), unheard, never);
    expect(report).toMatchObject({ intended: 80, sent: 80, interrupted: false });
    expect(sum(report.counts)).toBe(80);
    // Ten of each of the eight scripts; silence and lateness are both beyond the horizon.
    expect(report.counts).toEqual({
      acknowledged: 10,
      throttled: 10,
      failed: 10,
      refused: 10,
      'connection-error': 20,
      timeout: 20,
    });
    expect(log.errorTypes.get(1)).toBe('TooManyRequestsException');
    expect(log.status[1]).toBe(429);
    expect(Math.min(...latenciesOf(log, 'timeout'))).toBeGreaterThanOrEqual(3000);
  });

  it('counts latency from the intended instant when the server stands still for 1 s', async () => {
    server = await startScriptedServer('stop');
    const { log, report } = await sendStep(
      planOf(server.url, { holdMs: 3000, horizonMs: 5000 }),
      unheard,
      never,
    );
    expect(report.counts.acknowledged).toBe(300);
    // Request 100 + k was due 10·k ms into the stop, so it waits at least 1,000 − 10·k ms.
    for (let k = 0; k < 100; k += 10) {
      expect(log.latencyMs[100 + k]).toBeGreaterThanOrEqual(990 - 10 * k - (log.latenessMs[100] as number));
    }
    // One connection at a time would have seen one slow answer.
    expect(
      latenciesOf(log, 'acknowledged').filter((latencyMs) => latencyMs > 500).length,
    ).toBeGreaterThanOrEqual(45);
  });

  it('has no connect time where an open connection was free, and the time to open it where none was', async () => {
    server = await startScriptedServer('plain');
    const { log, report } = await sendStep(planOf(server.url), unheard, never);
    expect(report.counts.acknowledged).toBe(80);
    expect(log.connectMs[0]).toBeGreaterThan(0);
    const free = log.connectMs.filter((connectMs) => connectMs === 0).length;
    // At least one connection was opened for each of those that waited, and more sockets than that there were not.
    expect(free).toBeGreaterThan(0);
    expect(80 - free).toBeGreaterThanOrEqual(report.generator.socketsMax);
    log.connectMs.forEach((connectMs, i) => {
      expect(connectMs + log.latenessMs[i]!).toBeLessThanOrEqual(log.firstByteMs[i]! + 1e-6);
    });
  });

  it('counts queueing for a connection as connect time, lateness apart', async () => {
    server = await startScriptedServer('stop');
    const plan = planOf(server.url, { holdMs: 1500, horizonMs: 5000, socketCap: 1 });
    const { log } = await sendStep(plan, unheard, never);
    // The only connection is taken by request 100 until 1 s after that was sent.
    const freeAgainMs = log.intendedMs[100]! + log.latenessMs[100]! + 1000;
    for (const sequence of [101, 120, 140]) {
      const sentAtMs = log.intendedMs[sequence]! + log.latenessMs[sequence]!;
      expect(sentAtMs + log.connectMs[sequence]!).toBeGreaterThanOrEqual(freeAgainMs);
    }
  });

  it('waits for no answer: a silent server gets every request within the span', async () => {
    server = await startScriptedServer('hang');
    const { report } = await sendStep(planOf(server.url, { horizonMs: 3000 }), unheard, never);
    expect(report.counts).toMatchObject({ timeout: 80, acknowledged: 0 });
    expect(report.inFlightMax).toBe(80);
    expect(report.generator.socketCapHit).toBe(false);
  });

  it('says so when it ran out of sockets, and still ends every request', async () => {
    server = await startScriptedServer('hang');
    const { report } = await sendStep(planOf(server.url, { socketCap: 10 }), unheard, never);
    expect(report.generator).toMatchObject({ socketCapHit: true, socketsMax: 10 });
    expect(report.counts.timeout).toBe(80);
  });

  it('ends every request as a connection error when nobody listens', async () => {
    server = await startScriptedServer('plain');
    const { url } = server;
    await server.stop();
    const { report, log } = await sendStep(planOf(url, { holdMs: 200 }), unheard, never);
    expect(report.counts['connection-error']).toBe(20);
    expect(new Set(log.errorTypes.values())).toEqual(new Set(['ECONNREFUSED']));
    expect(new Set(log.connectMs)).toEqual(new Set([Number.NaN]));
  });

  it('survives a server that dies in the middle', async () => {
    server = await startScriptedServer('plain');
    const sending = sendStep(planOf(server.url), unheard, never);
    await server.nextRequest();
    await server.stop();
    const { report } = await sending;
    expect(sum(report.counts)).toBe(80);
    expect(report.counts['connection-error']).toBeGreaterThan(0);
  });

  it.each([
    ['sparse arrivals', 300],
    ['dense ones', 2500],
  ])('sends %s once each, and none before its instant', async (_case, ratePerSecond) => {
    server = await startScriptedServer('plain');
    const plan = planOf(server.url, { arrivals: { kind: 'poisson', ratePerSecond, seed: 5 }, holdMs: 1500 });
    const { log, report } = await sendStep(plan, unheard, never);
    expect(report).toMatchObject({ sent: report.intended, counts: { acknowledged: report.intended } });
    expect(report.intended).toBeGreaterThan(ratePerSecond);
    expect(Math.min(...log.latenessMs)).toBeGreaterThanOrEqual(0);
  });

  it('gives up a connection that does not come about, and tries anew', async () => {
    let connections = 0;
    // It takes every connection, and never shakes hands.
    const silent = createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const plan = planOf(`https://127.0.0.1:${port}/`, { holdMs: 3500, horizonMs: 500, socketCap: 2 });
    const { report } = await sendStep(plan, unheard, never);
    silent.close();
    expect(report.counts.timeout).toBe(report.sent);
    expect(connections).toBeGreaterThan(2);
  });

  it('sends nothing when it was told to stop before it began', async () => {
    server = await startScriptedServer('plain');
    const { report } = await sendStep(planOf(server.url), unheard, AbortSignal.abort());
    expect(report).toMatchObject({ sent: 0, interrupted: true });
  });

  it('ends requests that wait for a connection when their time is over, and goes on with those that are left', async () => {
    server = await startScriptedServer('stop');
    const plan = planOf(server.url, { holdMs: 3500, horizonMs: 300, socketCap: 1 });
    const { log, report } = await sendStep(plan, unheard, never);
    expect(sum(report.counts)).toBe(report.sent);
    expect(report.counts.timeout).toBeGreaterThanOrEqual(60);
    expect(outcomes[log.outcome[report.sent - 1] as number]).toBe('acknowledged');
  });

  it('stops when told to, with an ending for all it sent', async () => {
    server = await startScriptedServer('hang');
    const controller = new AbortController();
    const sending = sendStep(
      planOf(server.url, { holdMs: 60_000, horizonMs: 60_000 }),
      unheard,
      controller.signal,
    );
    await server.nextRequest();
    controller.abort();
    const { report, log } = await sending;
    expect(report.interrupted).toBe(true);
    expect(report.sent).toBeGreaterThan(0);
    expect(report.counts['connection-error']).toBe(report.sent);
    expect(new Set(log.errorTypes.values())).toEqual(new Set(['interrupted']));
  });

  it('measures what it cost', async () => {
    server = await startScriptedServer('plain');
    const { report } = await sendStep(planOf(server.url), unheard, never);
    expect(report.generator.cpuRatio).toBeGreaterThan(0);
    expect(report.generator.socketsMax).toBeGreaterThan(0);
    expect(report.host.busyRatio).toBeGreaterThan(0);
    expect(report.host.busyRatio).toBeLessThanOrEqual(1);
  });
});

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function latenciesOf(
  log: { latencyMs: Float64Array; outcome: Uint8Array },
  outcome: (typeof outcomes)[number],
) {
  return [...log.latencyMs].filter((_, i) => outcomes[log.outcome[i] as number] === outcome);
}
