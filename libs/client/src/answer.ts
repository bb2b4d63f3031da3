import type { Issue } from '@spillway/shared';
import type { FailureReason } from './ingest-result.ts';

/** What came back for one request. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Parsed JSON; undefined where the body is none. */
      readonly body: unknown;
      /** `x-amzn-ErrorType` of the gateway; null in a browser that is not allowed to read it. */
      readonly errorType: string | null;
      readonly retryAfterMs?: number | undefined;
      /** Refused for its signature, and the next one will differ: in its time, or in its keys. */
      readonly isSignatureStale?: boolean;
    }
  /** The connection broke, or the time of one attempt was over: it may have arrived. */
  | { readonly kind: 'unanswered'; readonly message: string }
  /** The provider of credentials failed, took too long, or gave what can't sign: nothing was sent. */
  | { readonly kind: 'unsigned'; readonly message: string }
  /** The call ended while it was under way, or while it was signed. */
  | { readonly kind: 'ended'; readonly isSent: boolean };

/** A reason after which another attempt makes sense. */
export type SetbackReason = Extract<
  FailureReason,
  'throttled' | 'unavailable' | 'failed' | 'connection' | 'deadline' | 'forbidden'
>;

/** Why an entry is not stored for now. */
export interface Setback {
  readonly next: 'retry';
  readonly reason: SetbackReason;
  readonly message: string;
  readonly mayBeStored: boolean;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** What an answer means for one entry. */
export type Verdict =
  | { readonly next: 'done' }
  | {
      readonly next: 'refuse';
      readonly reason: 'invalid' | 'too-large';
      readonly message: string;
      readonly issues: readonly Issue[];
    }
  | {
      readonly next: 'give-up';
      readonly reason: Exclude<FailureReason, Exclude<SetbackReason, 'forbidden'>>;
      readonly message: string;
      /** @default false */
      readonly mayBeStored?: boolean;
      readonly status?: number | undefined;
      readonly retryAfterMs?: number | undefined;
    }
  | Setback
  /** The request was too large, not the entry. */
  | { readonly next: 'split' };
