import { parseBatchText, type EntryStatus, type RefusedEntry } from '@spillway/shared';
import { BATCH_BUDGET_MS, SDK_RETRY_BUDGET_MS, startDeadline } from './deadline.ts';
import type { EntryStore } from './entry-store.ts';
import {
  respondToOutcome,
  respondToOutcomes,
  respondToRefusedBatch,
  respondToUnknownPath,
  type HttpResponse,
} from './http-response.ts';
import { ingestBatch } from './ingest-batch.ts';
import { ingest, refuseEntry } from './ingest.ts';
import type { GatewayBody, GatewayRequest } from './parse-event.ts';
import { findTrouble, sumTroubles, type Trouble } from './trouble.ts';

/** An answer, and what metrics and log are told of it. */
export interface Answer {
  readonly response: HttpResponse;
  /** By name of metric. */
  readonly counts: Readonly<Record<string, number>>;
  readonly troubles: readonly Trouble[];
}

type AnswerRoute = (body: GatewayBody, store: EntryStore, readRemainingMs: () => number) => Promise<Answer>;

const routes: ReadonlyMap<string, AnswerRoute> = new Map([
  ['/', answerEntry],
  ['/batch', answerBatch],
]);

/** One metric for each status: together they count the entries. */
const metricOf: Readonly<Record<EntryStatus, string>> = {
  accepted: 'EntryAccepted',
  conflict: 'EntryConflict',
  invalid: 'EntryInvalid',
  'too-large': 'EntryTooLarge',
  unavailable: 'StoreUnavailable',
  failed: 'RequestFailed',
};

/**
 * Request → answer, by path; the gateway has seen to the method.
 * @param readRemainingMs says how long it is until the function's timeout
 */
export async function answerRoute(
  { path, body }: GatewayRequest,
  store: EntryStore,
  readRemainingMs: () => number,
): Promise<Answer> {
  const answer = routes.get(path);
  if (answer) return answer(body, store, readRemainingMs);
  return { response: respondToUnknownPath([...routes.keys()]), counts: { RequestRefused: 1 }, troubles: [] };
}

async function answerEntry(
  body: GatewayBody,
  store: EntryStore,
  readRemainingMs: () => number,
): Promise<Answer> {
  const outcome = body.ok
    ? await ingest(body.text, store, () => startDeadline(SDK_RETRY_BUDGET_MS, readRemainingMs()))
    : refuseEntry(refuseBody(body.message));
  const trouble = findTrouble(outcome);
  return {
    response: respondToOutcome(outcome),
    counts: { [metricOf[outcome.status]]: 1 },
    troubles: trouble ? [trouble] : [],
  };
}

async function answerBatch(
  body: GatewayBody,
  store: EntryStore,
  readRemainingMs: () => number,
): Promise<Answer> {
  const batch = body.ok ? parseBatchText(body.text) : refuseBody(body.message);
  if (!batch.ok) {
    const counts = { Batch: 1, RequestRefused: 1 };
    return { response: respondToRefusedBatch(batch), counts, troubles: [] };
  }
  const deadline = startDeadline(BATCH_BUDGET_MS, readRemainingMs());
  const outcomes = await ingestBatch(batch.entries, store, deadline);
  const counts: Record<string, number> = { Batch: 1 };
  for (const { status } of outcomes) counts[metricOf[status]] = (counts[metricOf[status]] ?? 0) + 1;
  return { response: respondToOutcomes(outcomes), counts, troubles: sumTroubles(outcomes) };
}

function refuseBody(message: string): RefusedEntry {
  return { ok: false, reason: 'invalid', issues: [{ path: '$', message }], isCut: false };
}
