import {
  ACCEPTED_MESSAGE,
  responseStatuses,
  type AcceptedResponse,
  type BatchResponse,
  type EntryOutcome,
  type ProblemResponse,
  type RefusedEntry,
} from '@spillway/shared';
import type { IngestOutcome } from './ingest.ts';

/** What both proxy formats take as an answer. */
export interface HttpResponse {
  readonly statusCode: (typeof responseStatuses)[keyof typeof responseStatuses];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Seconds after which a client may repeat: the table's throttle refills every second (F40, F41). */
const RETRY_AFTER_SECONDS = 1;
const retryAfter = { 'retry-after': String(RETRY_AFTER_SECONDS) };

/** Outcome of one entry → answer, without a word about an error unless the client can act on it. */
export function respondToOutcome(outcome: IngestOutcome): HttpResponse {
  switch (outcome.status) {
    case 'accepted':
      return respond(responseStatuses.accepted, { message: ACCEPTED_MESSAGE });
    case 'conflict': {
      const message = 'Another entry with this id exists; it was not changed';
      return respond(responseStatuses.conflict, { message });
    }
    case 'invalid':
    case 'too-large':
      return respondToRefusal('entry', outcome.refusal);
    case 'unavailable': {
      const message = `Temporarily unavailable; repeat the request after ${RETRY_AFTER_SECONDS} s`;
      return respond(responseStatuses.unavailable, { message }, retryAfter);
    }
    case 'failed':
      return respondToDefect();
  }
}

/** Outcomes of a batch → answer. Only where no entry came through does the status say so: then all are sent again. */
export function respondToOutcomes(outcomes: readonly IngestOutcome[]): HttpResponse {
  const body = { outcomes: outcomes.map(toEntryOutcome) };
  const isEvery = (...statuses: IngestOutcome['status'][]) =>
    outcomes.every(({ status }) => statuses.includes(status));
  if (isEvery('accepted')) return respond(responseStatuses.accepted, body);
  if (isEvery('unavailable')) return respond(responseStatuses.unavailable, body, retryAfter);
  return respond(isEvery('unavailable', 'failed') ? responseStatuses.failed : responseStatuses.partial, body);
}

/** A body that is no batch → answer. */
export function respondToRefusedBatch(refusal: RefusedEntry): HttpResponse {
  return respondToRefusal('batch', refusal);
}

/** @param paths those there are */
export function respondToUnknownPath(paths: readonly string[]): HttpResponse {
  return respond(responseStatuses.notFound, { message: `No such path; want ${paths.join(' or ')}` });
}

/** A defect → answer; only the log says which. */
export function respondToDefect(): HttpResponse {
  return respond(responseStatuses.failed, { message: 'Internal server error' });
}

function respondToRefusal(what: 'entry' | 'batch', { reason, issues, isCut }: RefusedEntry): HttpResponse {
  if (reason === 'too-large') {
    const message = what === 'entry' ? 'Entry too large' : 'Batch too large';
    return respond(responseStatuses.tooLarge, { message, issues });
  }
  const message = isCut ? `Invalid ${what}; the first ${issues.length} issues` : `Invalid ${what}`;
  return respond(responseStatuses.invalid, { message, issues });
}

function toEntryOutcome(outcome: IngestOutcome): EntryOutcome {
  return 'refusal' in outcome
    ? { status: outcome.status, issues: outcome.refusal.issues }
    : { status: outcome.status };
}

function respond(
  statusCode: HttpResponse['statusCode'],
  body: AcceptedResponse | BatchResponse | ProblemResponse,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
