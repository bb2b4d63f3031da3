import type { InvocationContext, InvocationOutcome } from '../gateway/integration.ts';

/** An invocation that has its concurrency slot; answered exactly once. */
export interface Job {
  readonly event: unknown;
  readonly context: InvocationContext;
  answered(answer: JobAnswer): void;
}

export interface JobAnswer {
  readonly outcome: InvocationOutcome;
  /** What Lambda would bill as duration: the handler, and init where it ran inside the invocation (F36). */
  readonly durationMs: number;
}

/** The pool is closing. */
export const REFUSED_BY_HOST: JobAnswer = { outcome: { kind: 'throttled', by: 'host' }, durationMs: 0 };
