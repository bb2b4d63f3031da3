import { setTimeout as sleep } from 'node:timers/promises';
import { Connections } from './connections.ts';
import type { FloodJob, LoadResult } from './job.ts';
import { Ledger } from './ledger.ts';
import { sendStream } from './open-loop.ts';
import { backAfterMs, calmP99Ms, type ProbeAnswer } from './recovery.ts';

/**
 * A calm probe, then `arrivals` requests at once on connections of their own, while the probe goes on. Flood and probe
 * share one ledger, so every id is counted once.
 */
export async function runFlood(job: FloodJob): Promise<LoadResult> {
  const probes = new Connections(job.url, null);
  const crowd = new Connections(job.url, null);
  const ledger = new Ledger();
  const floodLedger = new Ledger();
  const answers: ProbeAnswer[] = [];
  const startMs = performance.now();
  const probing = sendStream({
    connections: probes,
    ledger,
    idPrefix: job.idPrefix,
    ratePerSecond: job.probePerSecond,
    durationMs: job.calmMs + job.watchMs,
    onAnswer: (dueMs, latencyMs, ending) =>
      answers.push({ dueMs: dueMs - job.calmMs, latencyMs: ending === '200' ? latencyMs : Infinity }),
  });
  await sleep(job.calmMs);
  const floodMs = performance.now();
  const arrive = async () => {
    const [sequence, floodSequence] = [ledger.send(), floodLedger.send()];
    const ending = await crowd.post(`${job.idPrefix}${sequence}`);
    const latencyMs = performance.now() - floodMs;
    ledger.settle(sequence, ending, latencyMs);
    floodLedger.settle(floodSequence, ending, latencyMs);
  };
  await Promise.all(Array.from({ length: job.arrivals }, arrive));
  const lastAnswerMs = performance.now() - floodMs;
  await probing;
  const tookMs = performance.now() - startMs;
  await Promise.all([probes.close(), crowd.close()]);
  const { sent, served, refused, failed } = floodLedger.tally();
  return {
    tally: ledger.tally(),
    latencyMs: ledger.latencyMs(),
    tookMs,
    flood: {
      flood: { sent, served, refused, failed },
      lastAnswerMs,
      calmP99Ms: calmP99Ms(answers),
      backAfterMs: backAfterMs(answers, job.watchMs),
    },
  };
}
