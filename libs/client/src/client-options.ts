import type { EntryInput } from '@spillway/shared';
import type { Clock } from './clock.ts';

/**
 * An entry as a program has it: its attributes may be of any type, an interface included, which has no index signature.
 * What JSON can't say in them is found when the entry is sent.
 */
export interface ClientEntry extends Omit<EntryInput, 'attributes'> {
  readonly attributes?: object;
}

/** Keys of an AWS identity that may call the API. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Signs every request (AWS Signature Version 4): for a stage with `auth: iam`. */
export interface SigV4Options {
  readonly region: string;
  /**
   * A provider is asked before every request, and after a 403, so it may hand out new ones; it should keep what it has
   * while that lasts.
   */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
}

export interface ClientOptions {
  /** Address of the stage, such as `https://abc.execute-api.eu-west-1.amazonaws.com/prod`. */
  readonly url: string;
  /** Absent: nothing is signed. */
  readonly auth?: { readonly sigV4: SigV4Options } | undefined;
  /** Key of the client plan, where the stage has client plans. Not a substitute for `auth` (F8). */
  readonly apiKey?: string | undefined;
  /** Time for one call with all its attempts, ms. @default 60000 */
  readonly deadlineMs?: number | undefined;
  /** Time for one attempt, ms. @default 31000 */
  readonly attemptTimeoutMs?: number | undefined;
  /** Most requests at a time on each of the two routes, entries and batches; others wait for their turn. @default 32 */
  readonly maxInFlight?: number | undefined;
  /** @default the platform's */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** @default the platform's */
  readonly clock?: Clock | undefined;
  /** From 0 up to, not including, 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** What one call may set for itself. */
export interface CallOptions {
  /** Time for this call with all its attempts, ms. */
  readonly deadlineMs?: number | undefined;
  /** Ends the call: what is not known by then is reported as `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface StreamOptions {
  /** Time for each entry with all its attempts, ms, from when it is sent: a stream as a whole has none. */
  readonly deadlineMs?: number | undefined;
  /** Ends the stream: what is not known by then is reported as `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Most entries that are read and whose results are not taken: the stream reads no further.
   * @default `maxInFlight` of the client, or 400 in batches
   */
  readonly maxPending?: number | undefined;
  /**
   * Sends what the source has ready as batches, waiting at most this long, ms, for one to fill; 0 waits for nothing. A
   * full batch has 100 entries, or `maxPending` where that is less; the next is read once there is room for all of it.
   * @default no batches
   */
  readonly batchLingerMs?: number | undefined;
}
