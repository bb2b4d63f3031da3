import type { ContestantRun, LoadFigures } from '../../contestant-run.ts';

export function figures(perSecond: number, p99: number, errors = 0): LoadFigures {
  return {
    perSecond,
    latencyMs: { p50: p99 / 4, p99 },
    errors,
    endings: { '200': 100 - errors },
    cpuMs: 1.5,
    engineCpuMs: 0.25,
  };
}

/** A run in which all went well. */
export function contestantRun(name: string, change: Partial<ContestantRun> = {}): ContestantRun {
  return {
    name,
    version: '1.2.3',
    round: 1,
    firstAnswerMs: 400,
    many: figures(1_000, 40),
    few: figures(900, 10),
    open: { 300: figures(300, 10) },
    flood: {
      flood: { sent: 1_000, served: 900, refused: 100, failed: 0 },
      lastAnswerMs: 800,
      calmP99Ms: 5,
      backAfterMs: 1_000,
    },
    peakMemoryBytes: 400 * 1024 ** 2,
    audit: { acknowledged: 5_000, lost: 0, storedUnacknowledged: 0, neverSent: 0 },
    ...change,
  };
}
