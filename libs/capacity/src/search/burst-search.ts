import type { JudgedStep, Targets } from '../run-record.ts';

/** A burst that misses, or proves nothing, is repeated until it was tried this often. */
const TRIES = 2;

/** Bisections after the first size that misses. */
const BISECTIONS = 2;

/** How the burst search looks; sizes in requests. */
export interface BurstSearchSettings {
  /** Largest burst worth trying: the account's bucket, or 1,000 new environments (F33). */
  readonly maxRequests: number;
  readonly targets: Targets;
  /** First size. @default 10 */
  readonly startRequests?: number;
}

/** What to measure next, from idle, or the largest burst that met the SLO (0 where none did). */
export type NextBurst =
  | { readonly kind: 'measure'; readonly requests: number }
  | { readonly kind: 'done'; readonly cleanRequests: number; readonly reasons: readonly string[] };

/**
 * The search for the largest burst from idle that meets the SLO, as a pure state machine: sizes × 2 until one
 * misses, then two bisections. A size counts as clean once it passed, and as missed once it failed twice or
 * was tried twice without passing, because on a busy machine one burst may stumble.
 * @param history burst steps, oldest first
 */
export function nextBurst(history: readonly JudgedStep[], settings: BurstSearchSettings): NextBurst {
  const sizes = sizesOf(history);
  const clean = Math.max(
    0,
    ...[...sizes].filter(([, size]) => size.passes > 0).map(([requests]) => requests),
  );
  const missedSizes = [...sizes].filter(([requests, size]) => requests > clean && size.passes === 0);
  const undecided = missedSizes.find(([, size]) => size.tries < TRIES);
  if (undecided) return { kind: 'measure', requests: undecided[0] };
  const missed = Math.min(Number.POSITIVE_INFINITY, ...missedSizes.map(([requests]) => requests));
  const start = Math.min(settings.startRequests ?? 10, settings.maxRequests);
  if (missed === Number.POSITIVE_INFINITY) {
    if (clean >= settings.maxRequests) {
      return done(clean, `${clean} requests at once, the most worth trying, meet the SLO`);
    }
    return {
      kind: 'measure',
      requests: sizes.size === 0 ? start : Math.min(settings.maxRequests, 2 * clean),
    };
  }
  const order = [...sizes.keys()];
  const bisected = order.length - 1 - order.indexOf(Math.max(...order));
  if (clean === 0) {
    const smaller = Math.floor(missed / 2);
    if (smaller < 1 || bisected > BISECTIONS)
      return done(0, `not even ${missed} requests at once meet the SLO`);
    return { kind: 'measure', requests: smaller };
  }
  const middle = Math.round((clean + missed) / 2);
  if (bisected >= BISECTIONS || middle <= clean || middle >= missed) {
    return done(clean, `${clean} requests at once meet the SLO, ${missed} don't`);
  }
  return { kind: 'measure', requests: middle };
}

function sizesOf(history: readonly JudgedStep[]): Map<number, { passes: number; tries: number }> {
  const sizes = new Map<number, { passes: number; tries: number }>();
  for (const { record, judgement } of history) {
    if (record.arrivals.kind !== 'burst') continue;
    const size = sizes.get(record.arrivals.requests) ?? { passes: 0, tries: 0 };
    size.tries += 1;
    if (judgement.verdict === 'pass') size.passes += 1;
    sizes.set(record.arrivals.requests, size);
  }
  return sizes;
}

function done(cleanRequests: number, reason: string): NextBurst {
  return { kind: 'done', cleanRequests, reasons: [reason] };
}
