import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { ResultPlace } from './result-place.ts';
import { ShardError } from './shard-error.ts';
import { shardFiles } from './shard-files.ts';
import type { Shard } from './shard.ts';

/** What a shard needs to come to terms with the others. */
export interface StartTerms {
  /** The step's own. */
  readonly place: ResultPlace;
  readonly stepName: string;
  readonly shard: Shard;
  /** Equal for all who were asked for the same step. */
  readonly planDigest: string;
  /** How long to wait for the others, ms. */
  readonly waitMs: number;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Aborted: the start is called off for all. */
  readonly signal: AbortSignal;
}

const readySchema = z.strictObject({ readyAtMs: z.number(), planDigest: z.string() });
const startSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    startAtMs: z.number(),
    decidedAtMs: z.number(),
    planDigest: z.string(),
    by: z.string(),
  }),
  z.strictObject({ kind: z.literal('called-off'), reason: z.string(), by: z.string() }),
]);
type Ready = z.infer<typeof readySchema>;
type Start = z.infer<typeof startSchema>;

/** From decision to start, in polls: all must have read it by then. A start missed by more than this is missed. */
const LEAD_POLLS = 10;
const LEAD_AT_LEAST_MS = 200;
const LATE_AT_MOST_MS = 1000;
/**
 * Instants that came one after the other may be noted in the other order by this, ms. No more than that is checked: a
 * clock that is off by less than a note takes to be read (up to a poll and the place's own delay) turns no order round.
 */
const INVERTED_AT_MOST_MS = 50;

/**
 * Waits until every shard is ready and agrees with them on one instant. There is one decision, to start or not to:
 * who has waited too long before it is taken calls the start off for all. A shard that ends or is late after the
 * decision keeps no other from sending; the merge then says which share is missing.
 * @returns the start, ms since the epoch, in the near future
 * @throws ShardError when the start was called off, and nothing is sent, or when this shard missed it
 */
export async function agreeStart(terms: StartTerms): Promise<number> {
  const { place, shard, planDigest, now, signal, waitMs } = terms;
  const readyAtMs = now();
  await place.put(shardFiles.ready(shard.index), JSON.stringify({ readyAtMs, planDigest } satisfies Ready));
  for (;;) {
    const names = new Set(await place.list());
    const missing = indexesOf(shard).filter((index) => !names.has(shardFiles.ready(index)));
    if (names.has(shardFiles.start))
      return heed(await read(place, shardFiles.start, startSchema), readyAtMs, terms);
    if (signal.aborted) await decide(callOff('it was stopped before its start'), place);
    else if (missing.length === 0) await decide(await judge(terms), place);
    else if (now() - readyAtMs > waitMs) await decide(callOff(absent(missing, terms)), place);
    else await sleep(place.pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Start, unless the shards were asked for different steps or have different times. */
async function judge({ place, shard, planDigest, now }: StartTerms): Promise<Start> {
  const notes = await Promise.all(
    indexesOf(shard).map((index) => read(place, shardFiles.ready(index), readySchema)),
  );
  if (new Set(notes.map(({ planDigest }) => planDigest)).size > 1) return callOff(DIFFERENT_STEPS);
  const decidedAtMs = now();
  // A note that was read already can't be of later: then the clock it was written by is ahead.
  const aheadMs = Math.max(...notes.map(({ readyAtMs }) => readyAtMs - decidedAtMs));
  if (aheadMs > INVERTED_AT_MOST_MS) return callOff(clocksDiffer(aheadMs));
  const startAtMs = decidedAtMs + LEAD_AT_LEAST_MS + LEAD_POLLS * place.pollMs;
  return { kind: 'start', startAtMs, decidedAtMs, planDigest, by: randomUUID() };
}

function heed(start: Start, readyAtMs: number, { stepName, planDigest, now }: StartTerms): number {
  if (start.kind === 'called-off') {
    throw new ShardError('SHARDS_NOT_STARTED', stepName, `not started, nothing was sent: ${start.reason}`);
  }
  // Who decided saw the shards that it knew of; one of a larger count comes on top.
  if (start.planDigest !== planDigest) throw missed(stepName, DIFFERENT_STEPS);
  const readAtMs = now();
  // Ready, decided, read: in this order they happened, so by one clock they are in this order too.
  const offMs = Math.max(readyAtMs - start.decidedAtMs, start.decidedAtMs - readAtMs);
  if (offMs > INVERTED_AT_MOST_MS) throw missed(stepName, clocksDiffer(offMs));
  const lateMs = readAtMs - start.startAtMs;
  if (lateMs > LATE_AT_MOST_MS) {
    throw missed(stepName, `its start was ${lateMs.toFixed(0)} ms ago, want at most ${LATE_AT_MOST_MS} ms`);
  }
  return start.startAtMs;
}

const DIFFERENT_STEPS =
  'the shards were asked for different steps, want one scenario, target, runId and count for all';

function missed(stepName: string, reason: string): ShardError {
  return new ShardError(
    'SHARD_MISSED_START',
    stepName,
    `this shard sent nothing: ${reason}; take the step again`,
  );
}

function absent(missing: readonly number[], { shard, place, waitMs }: StartTerms): string {
  return (
    `after ${(waitMs / 1000).toFixed(0)} s shard ${missing.join(', ')} of ${shard.count} was not ready, want all; ` +
    `look why its generator did not come to ${place.location}, and take the step again`
  );
}

function clocksDiffer(offMs: number): string {
  return (
    `the machines' clocks differ by at least ${offMs.toFixed(0)} ms, by which notes of theirs are in the wrong order, ` +
    `want ${INVERTED_AT_MOST_MS} ms at most; set them by NTP`
  );
}

function callOff(reason: string): Start {
  return { kind: 'called-off', reason, by: randomUUID() };
}

async function decide(start: Start, place: ResultPlace): Promise<void> {
  await place.putIfAbsent(shardFiles.start, JSON.stringify(start));
}

async function read<T>(place: ResultPlace, name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse((await place.get(name)) ?? 'null'));
}

function indexesOf({ count }: Shard): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
