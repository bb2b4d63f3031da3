/** What the gateway asks of the thing it calls; implemented by `lambda/function-pool.ts`. */
export interface Integration {
  /**
   * One synchronous invocation. Never rejects: whatever goes wrong is an outcome.
   * @param event the proxy event, JSON-serializable
   */
  invoke(event: unknown, context: InvocationContext): Promise<InvocationOutcome>;
}

export interface InvocationContext {
  /** Becomes `context.awsRequestId`. */
  readonly requestId: string;
  /** `Root=1-…;Parent=…;Sampled=…`, becomes `_X_AMZN_TRACE_ID`. */
  readonly traceId: string;
}

export type InvocationOutcome =
  /** The handler's result, as it crossed JSON. */
  | { readonly kind: 'returned'; readonly payload: unknown }
  /** The handler threw or rejected. */
  | { readonly kind: 'threw'; readonly errorType: string; readonly errorMessage: string }
  /** The environment's process ended under this invocation: exit, crash, out of memory. */
  | { readonly kind: 'crashed'; readonly reason: string }
  /** Killed at the function's own timeout (F19). */
  | { readonly kind: 'timed-out'; readonly timeoutMs: number }
  /** Refused without running (F16, F32, F33, F34); `host` is this machine's queue limit, not Lambda's. */
  | {
      readonly kind: 'throttled';
      readonly by:
        'reserved-concurrency' | 'account-concurrency' | 'ten-times-rule' | 'scaling-rate' | 'host';
    };
