import { parseDurationMs } from './duration.ts';
import { parseParameterList } from './parameter-list.ts';
import type { Random } from './seeded-random.ts';

/**
 * What goes wrong with a call: refused as throttled, answered 500, connection reset before the table took it, reset
 * after the table took it (so that nobody knows), or never answered at all.
 */
export type FaultKind = 'throttle' | 'error' | 'reset' | 'lost' | 'blackhole';

/** One `--table-fault`. */
export interface TableFault {
  readonly kind: FaultKind;
  /** Share of the calls, 0–1. */
  readonly rateRatio: number;
  /** From the stage's start. */
  readonly fromMs: number;
  /** Infinity when it stays. */
  readonly untilMs: number;
}

const KINDS: readonly string[] = ['throttle', 'error', 'reset', 'lost', 'blackhole'] satisfies FaultKind[];
const WANTED = `want throttle:rate=0.1,from=10s,for=30s; also ${KINDS.slice(1).join(', ')}; rate, from and for may be left out`;

/** The text of one `--table-fault` → the fault, or what is wrong with it. */
export function parseTableFault(text: string): TableFault | { readonly issue: string } {
  const list = parseParameterList(text);
  if ('issue' in list) return { issue: `${list.issue}, ${WANTED}` };
  if (!isKind(list.name)) return { issue: `found '${list.name}', ${WANTED}` };
  const { rate = '1', from = '0s', for: lasting, ...others } = Object.fromEntries(list.parameters);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return { issue: `found ${unknown}, ${WANTED}` };
  const rateRatio = /^\d*\.?\d+$/.test(rate) ? Number(rate) : NaN;
  if (!(rateRatio >= 0 && rateRatio <= 1)) return { issue: `found rate=${rate}, want 0 to 1; ${WANTED}` };
  const fromMs = parseDurationMs(from);
  if (fromMs === null) return { issue: `found from=${from}, want a duration such as 10s; ${WANTED}` };
  const lastingMs = lasting === undefined ? Infinity : parseDurationMs(lasting);
  if (lastingMs === null) {
    return { issue: `found for=${String(lasting)}, want a duration such as 30s; ${WANTED}` };
  }
  return { kind: list.name, rateRatio, fromMs, untilMs: fromMs + lastingMs };
}

/**
 * What goes wrong with the next call, if anything: the first of the faults that hits. It draws once for each fault
 * whose window is open, so that the same seed and order of calls bring the same faults.
 * @param elapsedMs since the stage's start
 */
export function drawFault(
  faults: readonly TableFault[],
  elapsedMs: number,
  random: Random,
): FaultKind | null {
  let hit: FaultKind | null = null;
  for (const { kind, rateRatio, fromMs, untilMs } of faults) {
    if (elapsedMs < fromMs || elapsedMs >= untilMs) continue;
    if (random() < rateRatio) hit ??= kind;
  }
  return hit;
}

function isKind(name: string): name is FaultKind {
  return KINDS.includes(name);
}
