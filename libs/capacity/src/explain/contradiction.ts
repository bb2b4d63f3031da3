import type { Limits } from '@spillway/throttle';

/** Numbers that can't all be meant, what comes of it, and what to change. */
export interface Contradiction {
  /** The limits that it is about. */
  readonly limits: readonly (keyof Limits)[];
  readonly found: string;
  readonly change: string;
}
