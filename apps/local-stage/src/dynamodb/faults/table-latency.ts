import { parseDurationMs } from './duration.ts';
import { parseParameterList } from './parameter-list.ts';
import type { Random } from './seeded-random.ts';

/** How much later than the engine the table answers; every duration in milliseconds. */
export type TableLatency =
  | { readonly kind: 'fixed'; readonly durationMs: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'lognormal'; readonly p50Ms: number; readonly p99Ms: number };

const WANTED = 'want 5ms, uniform:min=1ms,max=9ms or lognormal:p50=4ms,p99=30ms';

/** 99 % of a standard normal distribution are below this. */
const NORMAL_P99 = 2.3263478740408408;

/** The text of `--table-latency` → the distribution, or what is wrong with it. */
export function parseTableLatency(text: string): TableLatency | { readonly issue: string } {
  const durationMs = parseDurationMs(text);
  if (durationMs !== null) return { kind: 'fixed', durationMs };
  const list = parseParameterList(text);
  if ('issue' in list) return { issue: `${list.issue}, ${WANTED}` };
  const names = { uniform: ['min', 'max'], lognormal: ['p50', 'p99'] }[list.name];
  if (!names) return { issue: `found '${list.name}', ${WANTED}` };
  const unknown = [...list.parameters.keys()].find((key) => !names.includes(key));
  if (unknown !== undefined) return { issue: `found ${unknown} of ${list.name}, ${WANTED}` };
  const values = names.map((key) => parseDurationMs(list.parameters.get(key) ?? ''));
  const [lower, upper] = values;
  if (typeof lower !== 'number' || typeof upper !== 'number') {
    const missing = names[typeof lower === 'number' ? 1 : 0] ?? '';
    return { issue: `found ${missing}=${list.parameters.get(missing) ?? ''} of ${list.name}, ${WANTED}` };
  }
  if (list.name === 'uniform') {
    return lower <= upper
      ? { kind: 'uniform', minMs: lower, maxMs: upper }
      : { issue: `found min over max, ${WANTED}` };
  }
  // A logarithm has no zero, and a p99 below the median is none.
  return lower > 0 && lower <= upper
    ? { kind: 'lognormal', p50Ms: lower, p99Ms: upper }
    : { issue: `found p50 of 0 or over p99, ${WANTED}` };
}

/** One latency, milliseconds. */
export function drawLatencyMs(latency: TableLatency, random: Random): number {
  switch (latency.kind) {
    case 'fixed':
      return latency.durationMs;
    case 'uniform':
      return latency.minMs + (latency.maxMs - latency.minMs) * random();
    case 'lognormal': {
      const sigma = Math.log(latency.p99Ms / latency.p50Ms) / NORMAL_P99;
      return latency.p50Ms * Math.exp(sigma * drawNormal(random));
    }
  }
}

/** Box and Muller's transform of two uniform draws. */
function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
