import type { InvocationContext, InvocationOutcome } from '../gateway/integration.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** One execution environment: one Lambda sandbox, one invocation at a time. */
export interface ExecutionEnvironment {
  /** Settles once, never rejects: the code is loaded, or why not. After anything but `ready` it is ending. */
  readonly ready: Promise<InitOutcome>;
  /**
   * One invocation; the caller waits for `ready` and for the answer before the next. Never rejects.
   * @param timeoutMs from now; then the environment is killed
   * @param initInsideMs how long init took inside this invocation, for its report (F36)
   */
  invoke(
    event: unknown,
    context: InvocationContext,
    timeoutMs: number,
    initInsideMs?: number,
  ): Promise<EnvironmentAnswer>;
  /**
   * Stops it until the next `invoke`; called while it has nothing to do. What it left to be done by then goes on
   * under that invocation, and fails it if it fails. Without effect where processes can't be stopped (Windows).
   */
  freeze(): void;
  kill(): void;
  /** Resolves when nothing of it is left, however it ended. */
  readonly gone: Promise<void>;
}

export type InitOutcome =
  | { readonly kind: 'ready'; readonly initMs: number }
  | { readonly kind: 'failed'; readonly initMs: number; readonly outcome: RanOutcome }
  /** Init took longer than it may (F36). */
  | { readonly kind: 'overran'; readonly initMs: number };

/** How an invocation that was let in can end. */
export type RanOutcome = Exclude<InvocationOutcome, { kind: 'throttled' }>;

export type EnvironmentAnswer =
  | { readonly kind: 'ran'; readonly outcome: RanOutcome; readonly durationMs: number }
  /** The environment ended before the handler saw the event: safe to run elsewhere. */
  | { readonly kind: 'not-begun' };

/** Where environments come from: child processes, or fakes in a test. */
export interface EnvironmentSource {
  /**
   * @param initLimitMs init is given up after this
   * @param inside the invocation that this init is part of, on its second attempt (F36)
   */
  start(
    definition: FunctionDefinition,
    initLimitMs: number,
    inside?: InvocationContext,
  ): ExecutionEnvironment;
  /** After all environments are gone. */
  close(): Promise<void>;
}
