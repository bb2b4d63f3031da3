import type { Span } from '@spillway/capacity/testing';

/** When the server stands still, ms: for `forMs`, in the middle of every `everyMs` from the first request on. */
export interface StallPlan {
  readonly everyMs: number;
  readonly forMs: number;
}

/** What the process that forked the server asks of it. */
export type ServerOrder =
  { readonly kind: 'begin'; readonly stalls: StallPlan | null } | { readonly kind: 'end' };

/** What the server saw between `begin` and `end`; ms from its first request. */
export interface ServerRecord {
  /** When the last byte of each request was read, ascending. */
  readonly arrivalsMs: Float64Array;
  /** When it stood still: until it read a request again. */
  readonly stalls: readonly Span[];
  /** What came that it could not read as requests, and hung up on; null where it read all. */
  readonly unreadable: string | null;
}

/** What the server says of itself. */
export type ServerNews =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'begun' }
  | { readonly kind: 'first' }
  | { readonly kind: 'record'; readonly record: ServerRecord };
