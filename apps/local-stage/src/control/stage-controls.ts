import type { ServedHttpStage } from '../gateway/http-api/http-api-route.ts';
import type { ServedStage } from '../gateway/rest/rest-route.ts';
import type { FunctionModel } from '../template/function-model.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { FunctionVersions } from '../lambda/function-versions.ts';
import type { StageModel } from '../template/stage-model.ts';
import type { MetricsStore } from './metrics-store.ts';

/** Quotas of the account that is played; the command line sets them. */
export interface AccountQuotas {
  /** Concurrent executions (F30). */
  readonly concurrency: number;
  /** Requests/s (F2). */
  readonly rateLimit: number;
  /** Requests (F2). */
  readonly burstLimit: number;
}

/** One function as the control endpoints see it. */
export interface ControlledFunction {
  readonly model: FunctionModel;
  readonly pool: {
    /** As it is now, with every change so far. */
    readonly definition: FunctionDefinition;
    /** @throws ReservationError if the account can't spare the reserved concurrency (F31) */
    configure(
      change: Partial<
        Pick<FunctionDefinition, 'reservedConcurrency' | 'timeoutMs' | 'memorySizeMb' | 'version'>
      >,
    ): void;
  };
  readonly versions: FunctionVersions;
  /** Those set at the AWS endpoint; the template's are not among them. */
  readonly tags: Map<string, string>;
}

/** What the AWS endpoints ask of the running stage. */
export interface StageControls {
  readonly model: StageModel;
  readonly quotas: AccountQuotas;
  readonly metrics: MetricsStore;
  /** How late metrics are published, ms: what is newer than this, nobody is told. */
  readonly metricDelayMs: number;
  readonly restStages: readonly ServedStage[];
  readonly httpStages: readonly ServedHttpStage[];
  /** By function name. */
  readonly functions: ReadonlyMap<string, ControlledFunction>;
  /** API id → `http://127.0.0.1:<port>`, once it listens. */
  readonly origins: ReadonlyMap<string, string>;
  /** Where DynamoDB calls are passed on to. */
  readonly engineEndpoint: string;
  /** Monotonic: when a changed limit begins to bind. */
  nowMs(): number;
  readonly startedAt: Date;
}
