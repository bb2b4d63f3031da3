import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { Access } from './access-capacity.ts';

const NAMESPACE = 'AWS/DynamoDB';
const OF_ACCESS = { write: 'Write', read: 'Read' } as const;

type Dimensions = Readonly<Record<string, string>>;

/**
 * AWS/DynamoDB as CloudWatch has it (F63): units and throttle events by TableName; latency, throttled requests and
 * system errors by TableName and Operation, which AWS does not add up over operations either.
 */
export class TableMetrics {
  readonly #recorder: Pick<MetricsRecorder, 'record'>;
  readonly #wallMs: () => number;
  /** Made once, since the store finds a series fastest by the same object. */
  readonly #dimensions = new Map<string, Dimensions>();

  constructor(recorder: Pick<MetricsRecorder, 'record'>, wallMs: () => number) {
    this.#recorder = recorder;
    this.#wallMs = wallMs;
  }

  /** Units that one request consumed of a table. */
  consumed(tableName: string, access: Access, units: number): void {
    this.#record(`Consumed${OF_ACCESS[access]}CapacityUnits`, this.#of(tableName), units);
  }

  /** One item, query or scan that was refused. */
  throttleEvent(tableName: string, access: Access): void {
    this.#record(`${OF_ACCESS[access]}ThrottleEvents`, this.#of(tableName), 1);
  }

  /** A request that was refused as a whole. */
  throttledRequest(tableName: string, operation: string): void {
    this.#record('ThrottledRequests', this.#of(tableName, operation), 1);
  }

  /** The table's own time for a request that it served. */
  served(tableName: string, operation: string, latencyMs: number): void {
    this.#record('SuccessfulRequestLatency', this.#of(tableName, operation), latencyMs);
  }

  /** A request answered with HTTP 500. */
  systemError(tableName: string, operation: string): void {
    this.#record('SystemErrors', this.#of(tableName, operation), 1);
  }

  #record(metric: string, dimensions: Dimensions, value: number): void {
    this.#recorder.record(NAMESPACE, metric, dimensions, value, this.#wallMs());
  }

  #of(tableName: string, operation?: string): Dimensions {
    const key = `${tableName} ${operation ?? ''}`;
    let dimensions = this.#dimensions.get(key);
    if (!dimensions) {
      dimensions = {
        TableName: tableName,
        ...(operation === undefined ? {} : { Operation: operation }),
      };
      this.#dimensions.set(key, dimensions);
    }
    return dimensions;
  }
}
