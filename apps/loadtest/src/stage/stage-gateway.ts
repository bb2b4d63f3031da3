import type { BucketLimits } from '@spillway/throttle';

/** The gateway in front of a stage, of either kind of API. */
export interface StageGateway {
  /** What binds every route that has no bucket of its own; a limit that is not set is absent. */
  readThrottle(): Promise<Partial<BucketLimits>>;
  /** Sets that, and leaves the buckets that routes such as `POST /batch` have of their own. */
  setThrottle(throttle: BucketLimits): Promise<void>;
  /** ARN of the web ACL in front of it; null where there is none. */
  findFirewall(): Promise<string | null>;
  /** Where CloudWatch keeps its metrics. */
  findMetrics(): Promise<GatewayMetrics>;
}

/** A gateway's metrics in `AWS/ApiGateway` (F60, F61). */
export interface GatewayMetrics {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly requests: string;
  readonly clientErrors: string;
  readonly serverErrors: string;
}
