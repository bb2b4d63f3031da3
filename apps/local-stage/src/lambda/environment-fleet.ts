import type {
  EnvironmentAnswer,
  EnvironmentSource,
  ExecutionEnvironment,
  InitOutcome,
} from './environment-port.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { IdleEnvironments } from './idle-environments.ts';
import type { Job, JobAnswer } from './job.ts';

export interface FleetPolicy {
  readonly source: EnvironmentSource;
  /** Of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly maxEnvironments: number;
  readonly maxStarts: number;
  readonly keptIdle: number;
  readonly idleLimitMs: number;
  readonly initLimitMs: number;
}

export interface FleetObserver {
  environmentsChanged(count: number): void;
  initialized(initMs: number): void;
  /** An invocation waits although a start would be due: the ceiling forbids it. */
  hostQueued(): void;
}

export interface FleetCounts {
  /** Processes that exist, those being started included. */
  readonly environments: number;
  readonly starting: number;
  readonly idle: number;
  readonly busy: number;
  readonly waiting: number;
}

/** Longest time between two looks at what is idle. */
const EXPIRY_LOOK_MS = 30_000;

const REFUSED: JobAnswer = { outcome: { kind: 'throttled', by: 'host' }, durationMs: 0 };

/**
 * The execution environments of one function and the invocations that wait for one.
 * The most recently used idle environment serves first; a start costs about as much CPU as a hundred requests, so
 * only a few run at a time, and whoever waits takes whichever environment frees first, new or old, in order.
 */
export class EnvironmentFleet {
  #definition: FunctionDefinition;
  readonly #policy: FleetPolicy;
  readonly #observer: FleetObserver;
  /** Each environment that exists, with the definition it was started from. */
  readonly #live = new Map<ExecutionEnvironment, FunctionDefinition>();
  readonly #idle: IdleEnvironments;
  readonly #waiting: Job[] = [];
  /** Invocations whose init overran: each has its own next start, or whatever frees before (F36). */
  readonly #retries: Job[] = [];
  readonly #expiry: NodeJS.Timeout;
  #starting = 0;
  #busy = 0;
  #closed = false;

  constructor(definition: FunctionDefinition, policy: FleetPolicy, observer: FleetObserver) {
    this.#definition = definition;
    this.#policy = policy;
    this.#observer = observer;
    this.#idle = new IdleEnvironments(policy.keptIdle, policy.idleLimitMs);
    this.#expiry = setInterval(() => this.expireIdle(), Math.min(EXPIRY_LOOK_MS, policy.idleLimitMs)).unref();
  }

  get closed(): boolean {
    return this.#closed;
  }

  run(job: Job): void {
    const environment = this.#idle.take();
    if (environment) return this.#serve(environment, job);
    this.#waiting.push(job);
    this.#startForWaiting();
    const started = this.#live.size - this.#starting;
    if (this.#waiting.length > this.#policy.maxEnvironments - started) this.#observer.hostQueued();
  }

  startSpares(count: number): void {
    while (this.#live.size < Math.min(count, this.#policy.maxEnvironments)) this.#start();
  }

  /** New invocations run under this definition; environments of another memory size end when they are idle. */
  redefine(definition: FunctionDefinition): void {
    const resized = definition.memorySizeMb !== this.#definition.memorySizeMb;
    this.#definition = definition;
    if (resized) for (const environment of this.#idle.takeAll()) environment.kill();
  }

  expireIdle(): void {
    for (const environment of this.#idle.takeExpired(this.#policy.nowMs())) environment.kill();
  }

  counts(): FleetCounts {
    return {
      environments: this.#live.size,
      starting: this.#starting,
      idle: this.#idle.size,
      busy: this.#busy,
      waiting: this.#retries.length + this.#waiting.length,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#expiry);
    for (const job of [...this.#retries.splice(0), ...this.#waiting.splice(0)]) job.answered(REFUSED);
    for (const environment of this.#live.keys()) environment.kill();
    await Promise.all([...this.#live.keys()].map((environment) => environment.gone));
    await this.#policy.source.close();
  }

  #startForWaiting(): void {
    while (this.#starting < this.#policy.maxStarts && this.#live.size < this.#policy.maxEnvironments) {
      const retry = this.#retries.shift();
      if (!retry && this.#starting >= this.#waiting.length) return;
      this.#start(retry);
    }
  }

  /** @param retry the invocation in which an init that overran is tried again, under the function's timeout (F36) */
  #start(retry?: Job): void {
    const initLimitMs = retry ? this.#definition.timeoutMs : this.#policy.initLimitMs;
    const environment = this.#policy.source.start(this.#definition, initLimitMs);
    this.#live.set(environment, this.#definition);
    this.#starting += 1;
    this.#observer.environmentsChanged(this.#live.size);
    void environment.gone.then(() => this.#gone(environment));
    void environment.ready.then((init) => this.#started(environment, init, retry));
  }

  #started(environment: ExecutionEnvironment, init: InitOutcome, retry: Job | undefined): void {
    this.#starting -= 1;
    if (init.kind === 'ready') {
      this.#observer.initialized(init.initMs);
      if (retry) this.#serve(environment, retry, init.initMs);
      else this.#free(environment);
      return this.#startForWaiting();
    }
    const durationMs = retry ? init.initMs : 0;
    const job = retry ?? this.#waiting.shift();
    if (init.kind === 'failed') job?.answered({ outcome: init.outcome, durationMs });
    else if (retry) retry.answered({ outcome: { kind: 'timed-out', timeoutMs: init.initMs }, durationMs });
    else if (job) this.#retries.push(job);
  }

  #serve(environment: ExecutionEnvironment, job: Job, spentMs = 0): void {
    this.#busy += 1;
    const timeoutMs = Math.max(1, this.#definition.timeoutMs - spentMs);
    void environment.invoke(job.event, job.context, timeoutMs).then((answer) => {
      this.#busy -= 1;
      this.#answer(job, answer, spentMs);
      if (isReusable(answer)) this.#free(environment);
    });
  }

  #answer(job: Job, answer: EnvironmentAnswer, spentMs: number): void {
    if (answer.kind === 'ran') {
      job.answered({ outcome: answer.outcome, durationMs: answer.durationMs + spentMs });
    } else if (this.#closed) job.answered(REFUSED);
    else this.#runAgain(job);
  }

  /** Before all that wait; looks around itself, since its environment's end may have been dealt with already. */
  #runAgain(job: Job): void {
    const environment = this.#idle.take();
    if (environment) return this.#serve(environment, job);
    this.#waiting.unshift(job);
    this.#startForWaiting();
  }

  /** Gives a live environment to whoever has waited longest, or puts it by. */
  #free(environment: ExecutionEnvironment): void {
    const startedFrom = this.#live.get(environment);
    if (!startedFrom) return;
    if (this.#closed || startedFrom.memorySizeMb !== this.#definition.memorySizeMb) return environment.kill();
    const job = this.#retries.shift() ?? this.#waiting.shift();
    if (job) this.#serve(environment, job);
    else this.#idle.put(environment, this.#policy.nowMs());
  }

  #gone(environment: ExecutionEnvironment): void {
    this.#live.delete(environment);
    this.#idle.remove(environment);
    this.#observer.environmentsChanged(this.#live.size);
    if (!this.#closed) this.#startForWaiting();
  }
}

/** An environment whose handler returned or threw serves on; after anything else it is ending. */
function isReusable(answer: EnvironmentAnswer): boolean {
  return answer.kind === 'ran' && (answer.outcome.kind === 'returned' || answer.outcome.kind === 'threw');
}
