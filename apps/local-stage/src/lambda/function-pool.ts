import { availableParallelism } from 'node:os';
import type { MetricsRecorder } from '../control/metrics-recorder.ts';
import { systemClock, type Clock } from '../gateway/clock.ts';
import type { Integration, InvocationContext, InvocationOutcome } from '../gateway/integration.ts';
import type { AccountConcurrency, ConcurrencyShare } from './account-concurrency.ts';
import { ChildProcessSource } from './child-process-source.ts';
import { EnvironmentFleet } from './environment-fleet.ts';
import type { EnvironmentSource } from './environment-port.ts';
import { FailureNotices } from './failure-notices.ts';
import type { FleetCounts, FleetObserver } from './fleet-policy.ts';
import { INIT_LIMIT_MS, type FunctionDefinition } from './function-definition.ts';
import { FunctionMetrics } from './function-metrics.ts';
import { HostCpu } from './host-cpu.ts';
import type { HostLimits } from './host-limits.ts';
import type { JobAnswer } from './job.ts';
import { PrintedMetrics } from './printed-metrics.ts';

/** How a pool uses this machine; in answers it shows by their latencies alone. */
export interface PoolPolicy {
  /** @default child processes */
  readonly source?: EnvironmentSource;
  /** @default this machine's */
  readonly clock?: Clock;
  /** Environments started at once. @default the number of cores */
  readonly maxStarts?: number;
  /**
   * Environments started before the first request: whoever they serve meets no cold start, where the first request
   * to Lambda would.
   * @default 1
   */
  readonly spares?: number;
  /** Idle environments that stay however long they are idle. @default 2 */
  readonly keptIdle?: number;
  /** Idle time after which an environment beyond those ends. @default 5 minutes */
  readonly idleLimitMs?: number;
  /** @default 10 s (F36) */
  readonly initLimitMs?: number;
  /** Young invocations at once while the machine is full. @default one more than there are cores */
  readonly mostAtOnce?: number;
  /** Whether another process would serve nobody sooner. @default by how busy this machine's cores are */
  readonly isHostFull?: () => boolean;
}

const hostCpu = new HostCpu();

export interface PoolStats extends FleetCounts {
  /** Concurrency slots taken: invocations from admission to answer. */
  readonly concurrentExecutions: number;
}

/** One function: Lambda's admission in front, execution environments behind. Reports what CloudWatch would show. */
export class FunctionPool implements Integration {
  #definition: FunctionDefinition;
  readonly #share: ConcurrencyShare;
  readonly #fleet: EnvironmentFleet;
  readonly #metrics: FunctionMetrics;
  readonly #notices: FailureNotices;
  readonly #clock: Clock;
  readonly #spares: number;

  /** @throws {ReservationError} if the account can't spare the reserved concurrency (F31) */
  constructor(
    definition: FunctionDefinition,
    host: HostLimits,
    account: AccountConcurrency,
    recorder: MetricsRecorder,
    policy: PoolPolicy = {},
  ) {
    this.#definition = definition;
    this.#clock = policy.clock ?? systemClock;
    this.#metrics = new FunctionMetrics(definition.name, account, recorder, this.#clock);
    this.#notices = new FailureNotices((line) => host.onFailure(line));
    const printed = new PrintedMetrics(recorder, this.#clock);
    this.#share = account.join(definition.name, definition.reservedConcurrency);
    this.#fleet = new EnvironmentFleet(
      definition,
      {
        source: policy.source ?? new ChildProcessSource((metrics) => printed.record(metrics)),
        nowMs: () => this.#clock.monotonicMs(),
        maxEnvironments: host.maxEnvironments,
        maxStarts: policy.maxStarts ?? availableParallelism(),
        // One more than there are cores: a handler that waits for its table leaves its core to another.
        mostAtOnce: policy.mostAtOnce ?? availableParallelism() + 1,
        isHostFull: policy.isHostFull ?? (() => hostCpu.isFull(this.#clock.monotonicMs())),
        keptIdle: policy.keptIdle ?? 2,
        idleLimitMs: policy.idleLimitMs ?? 5 * 60_000,
        initLimitMs: policy.initLimitMs ?? INIT_LIMIT_MS,
      },
      this.#observer(host),
    );
    this.#spares = policy.spares ?? 1;
    this.#fleet.startSpares(Math.min(this.#spares, definition.reservedConcurrency ?? Infinity));
  }

  async invoke(event: unknown, context: InvocationContext): Promise<InvocationOutcome> {
    if (this.#fleet.closed) return { kind: 'throttled', by: 'host' };
    const verdict = this.#share.admit(this.#clock.monotonicMs());
    if (verdict !== 'admitted') {
      this.#metrics.throttled();
      return { kind: 'throttled', by: verdict };
    }
    this.#metrics.admitted(this.#share.inUse);
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
   * a new memory size or another version starts new environments, as on Lambda.
   * @throws {ReservationError} if the account can't spare the reserved concurrency (F31)
   */
  configure(change: {
    readonly reservedConcurrency?: number | null;
    readonly timeoutMs?: number;
    readonly memorySizeMb?: number;
    readonly version?: string;
  }): void {
    if (change.reservedConcurrency !== undefined) this.#share.reserve(change.reservedConcurrency);
    const before = this.#definition;
    this.#definition = { ...before, ...change };
    const { memorySizeMb, version } = this.#definition;
    this.#fleet.redefine(
      this.#definition,
      memorySizeMb !== before.memorySizeMb || version !== before.version,
    );
  }

  /**
   * Runs other code, or the same under other settings, from the next invocation on: in new environments.
   * @param definition of a function of the same name
   * @throws {ReservationError} if the account can't spare the reserved concurrency (F31); then nothing has changed
   */
  replace(definition: FunctionDefinition): void {
    this.#share.reserve(definition.reservedConcurrency);
    this.#definition = definition;
    this.#notices.startAgain();
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
    // What is cut off by the end of the pool is no failure of the function's.
    if (answer.outcome.kind !== 'throttled' && !this.#fleet.closed) this.#metrics.finished(answer);
    return answer.outcome;
  }

  #observer(host: HostLimits): FleetObserver {
    let isCeilingKnown = false;
    return {
      environmentsChanged: (count) => this.#metrics.host('Environments', count),
      initialized: (initMs) => this.#metrics.host('InitDuration', initMs),
      startQueued: () => this.#metrics.host('StartQueued', 1),
      hostQueued: () => {
        this.#metrics.host('HostQueued', 1);
        if (!isCeilingKnown) host.onCeilingReached();
        isCeilingKnown = true;
      },
      initFailed: (outcome) => this.#notices.initFailed(this.#definition, outcome),
      failed: (outcome) => this.#notices.failed(this.#definition, outcome),
    };
  }
}
