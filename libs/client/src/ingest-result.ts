import type { Entry, Issue } from '@spillway/shared';

/** What became of one entry: a value in every case, so that nothing needs to be caught. */
export type IngestResult = IngestSuccess | IngestRefusal | IngestFailure;

export interface IngestSuccess {
  readonly ok: true;
  /** As it is stored, now or by an earlier request: `year` is a number. */
  readonly entry: Entry;
  /** Requests that carried it, at least 1. */
  readonly attempts: number;
}

/** Not an entry: the same again has the same end. Found here before anything is sent, or else by the service. */
export interface IngestRefusal {
  readonly ok: false;
  readonly reason: 'invalid' | 'too-large';
  /** For a human; may change. */
  readonly message: string;
  /** What to change, paths from the entry's root; none where the gateway refused it and gave no reason. */
  readonly issues: readonly Issue[];
  /** 0 where it was found here. */
  readonly attempts: number;
  readonly mayBeStored: false;
}

/**
 * Why an entry was given up.
 * - `conflict`: another entry has its id, and was not changed
 * - `quota`: the client's quota is used up until its period ends (F11)
 * - `forbidden`: no permission, or a wrong key or signature (F12, F13)
 * - `credentials`: the provider of credentials gave none in time, or none that can sign
 * - `rejected`: an answer that this service never gives; the address may be wrong
 * - `throttled`, `unavailable`, `failed`, `connection`: what the last request met (429, 503, another 5xx, no answer);
 *   another does not fit into the deadline
 * - `deadline`: the time was over before the last request was answered, or before one was sent
 * - `aborted`: by the caller's signal
 */
export type FailureReason =
  | 'conflict'
  | 'quota'
  | 'forbidden'
  | 'credentials'
  | 'rejected'
  | 'throttled'
  | 'unavailable'
  | 'failed'
  | 'connection'
  | 'deadline'
  | 'aborted';

export interface IngestFailure {
  readonly ok: false;
  readonly reason: FailureReason;
  /** For a human; may change. */
  readonly message: string;
  /** Requests that carried it. */
  readonly attempts: number;
  /** Whether a request may have arrived whose end is unknown. It is safe to send the entry again. */
  readonly mayBeStored: boolean;
  /** Of the last answer, where there was one. */
  readonly status?: number;
  /** How long the last answer asked to wait, ms; of an entry not sent for a used-up quota, until the client asks again. */
  readonly retryAfterMs?: number;
}

/** One entry of a stream, and what became of it. */
export interface StreamResult<Input> {
  /** Position in the source, from 0: results come in the order in which they are known. */
  readonly index: number;
  readonly input: Input;
  readonly result: IngestResult;
}
