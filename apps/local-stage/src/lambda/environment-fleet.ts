import { failureOf, isReusable, outcomeOfInit, type FailedInit } from './environment-outcome.ts';
import type { EnvironmentAnswer, ExecutionEnvironment, InitOutcome } from './environment-port.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FleetCounts, FleetObserver, FleetPolicy } from './fleet-policy.ts';
import { EXPIRY_LOOK_MS, IdleEnvironments } from './idle-environments.ts';
import { REFUSED_BY_HOST, type Job } from './job.ts';
import { RunSlots } from './run-slots.ts';

/**
 * The execution environments of one function and the invocations that wait for one.
 * The most recently used idle environment serves first; a start costs about as much CPU as a hundred requests, so
 * only a few run at a time, and whoever waits takes whichever environment frees first, new or old, in order.
 */
export class EnvironmentFleet {
  #definition: FunctionDefinition;
  readonly #policy: FleetPolicy;
  readonly #observer: FleetObserver;
  /** Each environment that exists, with the generation of the code and settings it was started from. */
  readonly #live = new Map<ExecutionEnvironment, number>();
  #generation = 0;
  readonly #idle: IdleEnvironments;
  readonly #slots: RunSlots;
  readonly #waiting: Job[] = [];
  /**
   * Environments that Lambda would still have although their init failed: the next invocation that needs a start
   * gets one of them, and with it the next attempt, inside the invocation and under its timeout (F36).
   */
  #uninitialized = 0;
  readonly #expiry: NodeJS.Timeout;
  #starting = 0;
  /** Of those being started: each for an invocation of its own, that nobody else gets. */
  #startingInside = 0;
  #busy = 0;
  #closed = false;

  constructor(definition: FunctionDefinition, policy: FleetPolicy, observer: FleetObserver) {
    this.#definition = definition;
    this.#policy = policy;
    this.#observer = observer;
    this.#idle = new IdleEnvironments(policy.keptIdle, policy.idleLimitMs, policy.nowMs);
    this.#slots = new RunSlots(policy);
    this.#expiry = setInterval(() => this.expireIdle(), Math.min(EXPIRY_LOOK_MS, policy.idleLimitMs)).unref();
  }

  get closed(): boolean {
    return this.#closed;
  }

  run(job: Job): void {
    this.#waiting.push(job);
    this.#serveWaiting();
    if (this.#waiting.length === 0) return;
    const startedForAll = this.#starting - this.#startingInside;
    const taken = this.#live.size - startedForAll - this.#idle.size;
    if (this.#waiting.length > this.#policy.maxEnvironments - taken) this.#observer.hostQueued();
    else if (this.#waiting.length > startedForAll) this.#observer.startQueued();
  }

  startSpares(count: number): void {
    const { maxEnvironments, maxStarts } = this.#policy;
    const mostStarts = Math.max(count, maxStarts);
    let current = [...this.#live.values()].filter((generation) => generation === this.#generation).length;
    for (; current < count && this.#live.size < maxEnvironments; current += 1) {
      if (this.#starting >= mostStarts) return;
      this.#start();
    }
  }

  /**
   * New invocations run under this definition.
   * @param inNewEnvironments those that are there finish what they run, then end
   */
  redefine(definition: FunctionDefinition, inNewEnvironments: boolean): void {
    this.#definition = definition;
    if (!inNewEnvironments) return;
    this.#generation += 1;
    this.#uninitialized = 0;
    for (const environment of this.#idle.takeAll()) environment.kill();
  }

  expireIdle(): void {
    for (const environment of this.#idle.takeExpired()) environment.kill();
  }

  counts(): FleetCounts {
    return {
      environments: this.#live.size,
      starting: this.#starting,
      idle: this.#idle.size,
      busy: this.#busy,
      waiting: this.#waiting.length,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#expiry);
    for (const job of this.#waiting.splice(0)) job.answered(REFUSED_BY_HOST);
    for (const environment of this.#live.keys()) environment.kill();
    await Promise.all([...this.#live.keys()].map((environment) => environment.gone));
    await this.#policy.source.close();
  }

  /** As many of those that wait, in order, as this machine has environments and room for. */
  #serveWaiting(): void {
    while (this.#waiting.length > 0) {
      if (!this.#slots.hasRoom()) return this.#slots.lookAgain(() => this.#serveWaiting());
      const environment = this.#idle.take();
      if (!environment) return this.#startForWaiting();
      this.#serve(environment, this.#waiting.shift() as Job);
    }
  }

  #startForWaiting(): void {
    while (this.#starting < this.#policy.maxStarts && this.#live.size < this.#policy.maxEnvironments) {
      if (this.#starting - this.#startingInside >= this.#waiting.length) return;
      const isNextAttempt = this.#uninitialized > 0;
      if (isNextAttempt) this.#uninitialized -= 1;
      this.#start(isNextAttempt ? this.#waiting.shift() : undefined);
    }
  }

  /** @param inside the invocation that init is part of, on its second attempt (F36) */
  #start(inside?: Job): void {
    const initLimitMs = inside ? this.#definition.timeoutMs : this.#policy.initLimitMs;
    const environment = this.#policy.source.start(this.#definition, initLimitMs, inside?.context);
    const generation = this.#generation;
    this.#live.set(environment, generation);
    this.#starting += 1;
    if (inside) this.#startingInside += 1;
    this.#observer.environmentsChanged(this.#live.size);
    void environment.gone.then(() => this.#gone(environment));
    void environment.ready.then((init) => {
      if (init.kind !== 'ready' && generation === this.#generation) this.#noteFailedInit(init);
      this.#started(environment, init, inside);
    });
  }

  #noteFailedInit(init: FailedInit): void {
    this.#uninitialized += 1;
    if (!this.#closed) this.#observer.initFailed(outcomeOfInit(init));
  }

  #started(environment: ExecutionEnvironment, init: InitOutcome, inside: Job | undefined): void {
    this.#starting -= 1;
    if (inside) this.#startingInside -= 1;
    if (init.kind === 'ready') {
      this.#observer.initialized(init.initMs);
      if (inside) this.#serve(environment, inside, init.initMs);
      else this.#free(environment);
      return this.#startForWaiting();
    }
    inside?.answered({ outcome: outcomeOfInit(init), durationMs: init.initMs });
  }

  #serve(environment: ExecutionEnvironment, job: Job, spentMs = 0): void {
    this.#busy += 1;
    const slot = this.#slots.begin();
    const generation = this.#generation;
    const timeoutMs = Math.max(1, this.#definition.timeoutMs - spentMs);
    void environment.invoke(job.event, job.context, timeoutMs, spentMs).then((answer) => {
      this.#busy -= 1;
      this.#slots.end(slot);
      const failure = failureOf(answer);
      if (failure && generation === this.#generation && !this.#closed) this.#observer.failed(failure);
      this.#answer(job, answer, spentMs);
      if (isReusable(answer)) this.#free(environment);
    });
  }

  #answer(job: Job, answer: EnvironmentAnswer, spentMs: number): void {
    if (answer.kind === 'ran') {
      job.answered({ outcome: answer.outcome, durationMs: answer.durationMs + spentMs });
    } else if (this.#closed) job.answered(REFUSED_BY_HOST);
    else this.#runAgain(job);
  }

  /** Before all that wait. */
  #runAgain(job: Job): void {
    this.#waiting.unshift(job);
    this.#serveWaiting();
  }

  /** Gives a live environment to whoever has waited longest, or puts it by. */
  #free(environment: ExecutionEnvironment): void {
    const generation = this.#live.get(environment);
    if (generation === undefined) return;
    if (this.#closed || generation !== this.#generation) return environment.kill();
    this.#idle.put(environment);
    this.#serveWaiting();
  }

  #gone(environment: ExecutionEnvironment): void {
    this.#live.delete(environment);
    this.#idle.remove(environment);
    this.#observer.environmentsChanged(this.#live.size);
    if (!this.#closed) this.#startForWaiting();
  }
}
