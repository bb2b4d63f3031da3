import * as z from 'zod';
import { count, countsByName, isTimes, time } from './artillery-fields.ts';
import { countAnswers, type ForeignReport, type ForeignWindow, type Spread } from './foreign-report.ts';

const spread = z.looseObject({ min: time, max: time, median: time, p95: time, p99: time });

/** A reporting period, or the aggregate, of Artillery 1.x. */
export const window1Schema = z.looseObject({
  timestamp: z.iso.datetime({ offset: true }),
  scenariosCreated: count,
  scenariosCompleted: count.optional(),
  requestsCompleted: count,
  scenariosAvoided: count.optional(),
  latency: spread.nullish(),
  rps: z.looseObject({ count, mean: time }).optional(),
  scenarioDuration: spread.nullish(),
  errors: countsByName.default({}),
  codes: countsByName.default({}),
  /** Every first-byte time, ns; the aggregate has none. */
  latencies: z.custom<number[]>(isTimes, 'want times').optional(),
});

type Window1 = z.infer<typeof window1Schema>;

/** A window's `timestamp` is when it ended: it began where the one before did. */
export function reportOfArtillery1(aggregate: Window1, intermediate: readonly Window1[]): ForeignReport {
  const inOrder = [...intermediate].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  return {
    format: 'artillery-1',
    windows: inOrder.map((window, index) => windowOf(window, inOrder[index - 1]?.timestamp)),
    total: windowOf(aggregate, undefined),
    engines: [],
  };
}

function windowOf(window: Window1, startedAt: string | undefined): ForeignWindow {
  const startMs = startedAt === undefined ? null : Date.parse(startedAt);
  const { latency, latencies, scenarioDuration, requestsCompleted, scenariosCompleted } = window;
  return {
    startMs,
    lengthMs: startMs === null ? null : Date.parse(window.timestamp) - startMs,
    usersCreated: window.scenariosCreated,
    usersSkipped: window.scenariosAvoided ?? 0,
    requests: window.rps?.count ?? requestsCompleted,
    ...countAnswers(Object.entries(window.codes), Object.entries(window.errors)),
    firstByte: spreadOf(latency, requestsCompleted, latencies),
    session: spreadOf(scenarioDuration, scenariosCompleted ?? 0),
    rateMissing: window.rps?.mean === null || window.rps?.mean === undefined,
  };
}

function spreadOf(
  summary: Window1['latency'],
  counted: number,
  latenciesNs?: readonly number[],
): Spread | null {
  if (!summary || counted === 0 || typeof summary.max !== 'number') return null;
  const named = [
    [0.5, summary.median],
    [0.95, summary.p95],
    [0.99, summary.p99],
  ] as const;
  return {
    count: latenciesNs?.length ?? counted,
    maxMs: summary.max,
    quantiles: named.flatMap(([ratio, ms]) => (typeof ms === 'number' ? [[ratio, ms] as const] : [])),
    errorRatio: 0,
    buckets: latenciesNs?.map((ns) => ({ fromMs: ns / 1e6, toMs: ns / 1e6, count: 1 })) ?? null,
  };
}
