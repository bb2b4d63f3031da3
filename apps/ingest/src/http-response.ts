import {
  ACCEPTED_MESSAGE,
  responseStatuses,
  type AcceptedResponse,
  type ProblemResponse,
  type RefusedEntry,
} from '@spillway/shared';
import { StoreUnavailableError } from './entry-store.ts';
import type { IngestOutcome } from './ingest.ts';

/** What both proxy formats take as an answer. */
export interface HttpResponse {
  readonly statusCode: (typeof responseStatuses)[keyof typeof responseStatuses];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Seconds after which a client may repeat: the table's throttle refills every second (F40, F41). */
const RETRY_AFTER_SECONDS = 1;

/** Outcome → answer. */
export function respondToOutcome(outcome: IngestOutcome): HttpResponse {
  switch (outcome.kind) {
    case 'accepted':
      return respond(responseStatuses.accepted, { message: ACCEPTED_MESSAGE });
    case 'conflict':
      return respond(responseStatuses.conflict, {
        message: 'Another entry with this id exists; it was not changed',
      });
    case 'refused':
      return respondToRefusal(outcome.refusal);
  }
}

/** Whatever was thrown → answer, without a word about it unless the client can act on it. */
export function respondToError(error: unknown): HttpResponse {
  if (error instanceof StoreUnavailableError) {
    const message = `Temporarily unavailable; repeat the request after ${RETRY_AFTER_SECONDS} s`;
    return respond(responseStatuses.unavailable, { message }, { 'retry-after': String(RETRY_AFTER_SECONDS) });
  }
  return respond(responseStatuses.failed, { message: 'Internal server error' });
}

function respondToRefusal({ reason, issues, isCut }: RefusedEntry): HttpResponse {
  if (reason === 'too-large')
    return respond(responseStatuses.tooLarge, { message: 'Entry too large', issues });
  const message = isCut ? `Invalid entry; the first ${issues.length} issues` : 'Invalid entry';
  return respond(responseStatuses.invalid, { message, issues });
}

function respond(
  statusCode: HttpResponse['statusCode'],
  body: AcceptedResponse | ProblemResponse,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
