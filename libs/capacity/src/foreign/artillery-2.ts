import * as z from 'zod';
import { count, isCounts, time } from './artillery-fields.ts';
import { countAnswers, type ForeignReport, type ForeignWindow, type Spread } from './foreign-report.ts';

/** How long a reporting period lasts; periods start at its multiples. */
const PERIOD_MS = 10_000;

/** Relative error of Artillery's DDSketch (F83). */
const SKETCH_ERROR_RATIO = 0.01;

/** The first 2.0.0 versions wrote `engine.http.requests` and `core.vusers.created.total`. */
function currentName(name: string): string {
  return name
    .replace(/^(engine|core)\.(?=http\.|vusers\.)/, '')
    .replace(/^vusers\.created\.total$/, 'vusers.created');
}

/** Counters of users' own may be anything; those that are read must be counts. */
const counters = z
  .record(z.string(), z.number())
  .superRefine((found, context) => {
    for (const [name, value] of Object.entries(found)) {
      if (/^(http|vusers|errors)\./.test(currentName(name)) && !count.safeParse(value).success) {
        context.addIssue({ code: 'custom', path: [name], message: `${value}, want a count` });
      }
    }
  })
  .transform(withCurrentNames);
const metrics = z.record(z.string(), z.unknown()).transform(withCurrentNames).nullish();

function withCurrentNames<Value>(found: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [currentName(name), value]));
}

/** Percentiles of one metric; early 2.0.0 versions have the sketch itself in `histograms`. */
const summary = z.looseObject({
  count,
  min: time,
  max: time,
  p50: time,
  p75: time,
  p90: time,
  p95: time,
  p99: time,
  p999: time,
});
const sketch = z.looseObject({
  mapping: z.looseObject({ gamma: z.number().gt(1).max(2) }),
  store: z.looseObject({ bins: z.custom<number[]>(isCounts), offset: z.int() }),
  zeroCount: count,
});

/** A reporting period, or the aggregate, of Artillery 2. */
export const window2Schema = z.looseObject({
  period: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .nullish(),
  counters,
  rates: metrics,
  summaries: metrics,
  histograms: metrics,
});

type Window2 = z.infer<typeof window2Schema>;

/** Metrics of Artillery itself, which say nothing about what it measured. */
const OWN_METRICS = new Set(['http', 'vusers', 'errors', 'plugins']);

/** Artillery 2's aggregate and reporting periods → a report. */
export function reportOfArtillery2(aggregate: Window2, intermediate: readonly Window2[]): ForeignReport {
  const inOrder = [...intermediate].sort((a, b) => (a.period ?? 0) - (b.period ?? 0));
  const kinds = Object.keys(aggregate.counters).map((name) => name.split('.')[0] ?? '');
  return {
    format: 'artillery-2',
    windows: inOrder.map(windowOf),
    total: windowOf(aggregate),
    engines: [...new Set(kinds)]
      .filter((name) => /^[\w-]{1,40}$/.test(name) && !OWN_METRICS.has(name))
      .sort(),
  };
}

function windowOf(window: Window2): ForeignWindow {
  const { period, rates } = window;
  const found = Object.entries(window.counters);
  const named = (prefix: string) =>
    found.flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    );
  const counter = (name: string) => window.counters[name] ?? 0;
  return {
    startMs: period ?? null,
    lengthMs: typeof period === 'number' ? PERIOD_MS : null,
    usersCreated: counter('vusers.created'),
    usersSkipped: counter('vusers.skipped'),
    requests: counter('http.requests'),
    ...countAnswers(named('http.codes.'), named('errors.')),
    firstByte: spreadOf(window, 'http.response_time'),
    session: spreadOf(window, 'vusers.session_length'),
    rateMissing: typeof rates?.['http.request_rate'] !== 'number',
  };
}

function spreadOf(window: Window2, metric: string): Spread | null {
  const parsed = summary.safeParse(window.summaries?.[metric] ?? window.histograms?.[metric]);
  if (!parsed.success) return null;
  const { count: counted, max, p50, p75, p90, p95, p99, p999 } = parsed.data;
  const named = [
    [0.5, p50],
    [0.75, p75],
    [0.9, p90],
    [0.95, p95],
    [0.99, p99],
    [0.999, p999],
  ] as const;
  return {
    count: counted,
    maxMs: max ?? null,
    quantiles: named.flatMap(([ratio, ms]) => (typeof ms === 'number' ? [[ratio, ms] as const] : [])),
    errorRatio: SKETCH_ERROR_RATIO,
    buckets: bucketsOf(window.histograms?.[metric], counted),
  };
}

/**
 * Buckets of a DDSketch: that of key k holds (γ^(k−1), γ^k]; bins[0] is key `offset`.
 * Masson, Rim & Lee, PVLDB 12 (2019) 2195. Null where a bin is missing: a sketch may collapse its lowest ones.
 */
function bucketsOf(histogram: unknown, counted: number): Spread['buckets'] {
  const parsed = sketch.safeParse(histogram);
  if (!parsed.success) return null;
  const { mapping, store, zeroCount } = parsed.data;
  const buckets = [{ fromMs: 0, toMs: 0, count: zeroCount }];
  store.bins.forEach((inBin, index) => {
    const key = index + store.offset;
    if (inBin > 0)
      buckets.push({ fromMs: mapping.gamma ** (key - 1), toMs: mapping.gamma ** key, count: inBin });
  });
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0) === counted ? buckets : null;
}
