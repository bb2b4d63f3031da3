import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';

/** Parent to child: one invocation. The child gets the next only after it has answered. */
export interface InvocationMessage {
  readonly requestId: string;
  readonly traceId: string;
  /** Epoch ms at which the environment is killed. */
  readonly deadlineMs: number;
  /** How long init took inside this invocation, on its second attempt; ms, else 0 (F36). */
  readonly initInsideMs: number;
  readonly event: unknown;
}

/** Child to parent. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly errorType: string; readonly errorMessage: string }
  /** `json` is the handler's result as Lambda would put it on the wire. */
  | {
      readonly kind: 'returned';
      readonly json: string;
      readonly durationMs: number;
      readonly metrics?: Metrics;
    }
  | {
      readonly kind: 'threw';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly durationMs: number;
      readonly metrics?: Metrics;
    }
  /** What was printed of metrics by an invocation that takes long, or after its answer. */
  | { readonly kind: 'printed-metrics'; readonly metrics: Metrics }
  /** The process is on its way out; `begun`: an invocation had reached the handler and was not answered. */
  | {
      readonly kind: 'exiting';
      readonly reason: string;
      readonly begun: boolean;
      /** Known where a log is written. */
      readonly peakMemoryMb?: number;
      readonly metrics?: Metrics;
    };

type Metrics = readonly EmbeddedMetric[];
