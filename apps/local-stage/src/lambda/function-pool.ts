import { availableParallelism } from 'node:os';
import type { MetricsRecorder } from '../control/metrics-recorder.ts';
import { systemClock, type Clock } from '../gateway/clock.ts';
import type { Integration, InvocationContext, InvocationOutcome } from '../gateway/integration.ts';
import type { AccountConcurrency, ConcurrencyShare } from './account-concurrency.ts';
import { ChildProcessSource } from './child-process-source.ts';
import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';
import { EnvironmentFleet } from './environment-fleet.ts';
import type { EnvironmentSource } from './environment-port.ts';
import type { FleetCounts } from './fleet-policy.ts';
import { INIT_LIMIT_MS, type FunctionDefinition } from './function-definition.ts';
import type { HostLimits } from './host-limits.ts';
import type { JobAnswer } from './job.ts';

/** Metrics of another time than this are ignored: so far back they are kept, so far ahead CloudWatch takes them. */
const METRIC_TIME_LIMIT_MS = 2 * 3600_000;

/** How a pool uses this machine; none of it shows in an answer. */
export interface PoolPolicy {
  /** @default child processes */
  readonly source?: EnvironmentSource;
  /** @default this machine's */
  readonly clock?: Clock;
  /** Environments started at once. @default the number of cores */
  readonly maxStarts?: number;
  /** Environments started before the first request. @default 1 */
  readonly spares?: number;
  /** Idle environments that stay however long they are idle. @default 2 */
  readonly keptIdle?: number;
  /** Idle time after which an environment beyond those ends. @default 5 minutes */
  readonly idleLimitMs?: number;
  /** @default 10 s (F36) */
  readonly initLimitMs?: number;
}

export interface PoolStats extends FleetCounts {
  /** Concurrency slots taken: invocations from admission to answer. */
  readonly concurrentExecutions: number;
}

/** One function: Lambda's admission in front, execution environments behind. Reports what CloudWatch would show. */
export class FunctionPool implements Integration {
  #definition: FunctionDefinition;
  readonly #share: ConcurrencyShare;
  readonly #fleet: EnvironmentFleet;
  readonly #recorder: MetricsRecorder;
  readonly #dimensions: Readonly<Record<string, string>>;
  readonly #clock: Clock;
  readonly #spares: number;
  readonly #printedDimensions = new Map<string, Readonly<Record<string, string>>>();
  #ceilingReached = false;

  /** @throws {ReservationError} if the account can't spare the reserved concurrency (F31) */
  constructor(
    definition: FunctionDefinition,
    host: HostLimits,
    account: AccountConcurrency,
    recorder: MetricsRecorder,
    policy: PoolPolicy = {},
  ) {
    this.#definition = definition;
    this.#recorder = recorder;
    this.#dimensions = { FunctionName: definition.name };
    this.#clock = policy.clock ?? systemClock;
    this.#share = account.join(definition.name, definition.reservedConcurrency);
    this.#fleet = new EnvironmentFleet(
      definition,
      {
        source: policy.source ?? new ChildProcessSource((metrics) => this.#recordPrinted(metrics)),
        nowMs: () => this.#clock.monotonicMs(),
        maxEnvironments: host.maxEnvironments,
        maxStarts: policy.maxStarts ?? availableParallelism(),
        keptIdle: policy.keptIdle ?? 2,
        idleLimitMs: policy.idleLimitMs ?? 5 * 60_000,
        initLimitMs: policy.initLimitMs ?? INIT_LIMIT_MS,
      },
      {
        environmentsChanged: (count) => this.#record('Spillway/LocalStage', 'Environments', count),
        initialized: (initMs) => this.#record('Spillway/LocalStage', 'InitDuration', initMs),
        hostQueued: () => {
          this.#record('Spillway/LocalStage', 'HostQueued', 1);
          if (!this.#ceilingReached) host.onCeilingReached();
          this.#ceilingReached = true;
        },
      },
    );
    this.#spares = policy.spares ?? 1;
    this.#fleet.startSpares(Math.min(this.#spares, definition.reservedConcurrency ?? Infinity));
  }

  async invoke(event: unknown, context: InvocationContext): Promise<InvocationOutcome> {
    if (this.#fleet.closed) return { kind: 'throttled', by: 'host' };
    const verdict = this.#share.admit(this.#clock.monotonicMs());
    if (verdict !== 'admitted') {
      // Neither an invocation nor an error (F35).
      this.#record('AWS/Lambda', 'Throttles', 1);
      return { kind: 'throttled', by: verdict };
    }
    this.#record('AWS/Lambda', 'ConcurrentExecutions', this.#share.inUse);
    return new Promise((resolve) => {
      this.#fleet.run({
        event,
        context,
        answered: (answer) => {
          this.#share.release();
          resolve(this.#finish(answer));
        },
      });
    });
  }

  /**
   * Changes the running function. Concurrency and timeout bind from the next admission or start of a handler;
   * a new memory size starts new environments, as an update does on Lambda.
   * @throws {ReservationError} if the account can't spare the reserved concurrency (F31)
   */
  configure(change: {
    readonly reservedConcurrency?: number | null;
    readonly timeoutMs?: number;
    readonly memorySizeMb?: number;
  }): void {
    if (change.reservedConcurrency !== undefined) this.#share.reserve(change.reservedConcurrency);
    const resized = (change.memorySizeMb ?? this.#definition.memorySizeMb) !== this.#definition.memorySizeMb;
    this.#definition = { ...this.#definition, ...change };
    this.#fleet.redefine(this.#definition, resized);
  }

  /**
   * Runs other code, or the same under other settings, from the next invocation on: in new environments.
   * @param definition of a function of the same name
   * @throws {ReservationError} if the account can't spare the reserved concurrency (F31); then nothing has changed
   */
  replace(definition: FunctionDefinition): void {
    this.#share.reserve(definition.reservedConcurrency);
    this.#definition = definition;
    this.#fleet.redefine(definition, true);
    this.#fleet.startSpares(Math.min(this.#spares, definition.reservedConcurrency ?? Infinity));
  }

  /** The definition with all changes so far. */
  get definition(): FunctionDefinition {
    return this.#definition;
  }

  stats(): PoolStats {
    return { ...this.#fleet.counts(), concurrentExecutions: this.#share.inUse };
  }

  /** Ends idle environments whose time is over; called by itself every now and then. */
  expireIdle(): void {
    this.#fleet.expireIdle();
  }

  /** Ends every environment; what runs is answered `crashed`, what waits `throttled` by the host. */
  close(): Promise<void> {
    return this.#fleet.close();
  }

  #finish(answer: JobAnswer): InvocationOutcome {
    if (answer.outcome.kind === 'throttled') return answer.outcome;
    this.#record('AWS/Lambda', 'Invocations', 1);
    this.#record('AWS/Lambda', 'Errors', answer.outcome.kind === 'returned' ? 0 : 1);
    this.#record('AWS/Lambda', 'Duration', answer.durationMs);
    return answer.outcome;
  }

  /** One object for equal dimensions: the store finds a series by it without spelling it out. */
  #sameDimensions(printed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const key = JSON.stringify(printed);
    const known = this.#printedDimensions.get(key);
    if (known) return known;
    this.#printedDimensions.set(key, printed);
    return printed;
  }

  /** Under the time that the function gave them, as CloudWatch does. */
  #recordPrinted(metrics: readonly EmbeddedMetric[]): void {
    const nowMs = this.#clock.wallMs();
    for (const { namespace, metric, dimensions: printed, values, atMs } of metrics) {
      if (Math.abs(nowMs - atMs) > METRIC_TIME_LIMIT_MS) continue;
      const dimensions = this.#sameDimensions(printed);
      for (const value of values) this.#recorder.record(namespace, metric, dimensions, value, atMs);
    }
  }

  #record(namespace: string, metric: string, value: number): void {
    this.#recorder.record(namespace, metric, this.#dimensions, value, this.#clock.wallMs());
  }
}
