import { arrivalStream } from './arrivals/arrival-stream.ts';
import { RetryDecision } from './clients/retry-decision.ts';
import { EventHeap, NEVER } from './events/event-heap.ts';
import { RequestSlots } from './events/request-slots.ts';
import { Gateway } from './gateway/gateway.ts';
import { FunctionAdmission } from './lambda/function-admission.ts';
import { InUseTrack } from './lambda/in-use-track.ts';
import { serviceTimes } from './lambda/service-time.ts';
import { uniforms } from './random-streams.ts';
import { LatencyHistogram } from './results/latency-histogram.ts';
import { isWorthRetrying, OUTCOME } from './results/outcomes.ts';
import { COLUMN, SecondTable } from './results/second-table.ts';
import { resultOf, type SimulationResult } from './results/simulation-result.ts';
import type { Load, StageModel } from './stage-model.ts';
import { NOT_WRITTEN, SdkWrites, WRITTEN } from './table/sdk-writes.ts';
import type { TableModel } from './table/table-model.ts';
import { TableWrites } from './table/table-writes.ts';

export interface SimulationTerms {
  /** Whole; the same seed repeats a simulation, and brings the same arrivals to another stage. */
  readonly seed: number;
  /** The SLO's T: acknowledged later than that is late, ms. */
  readonly lateMs: number;
}

/**
 * Sends a load through a stage until the last answer, event by event: gateway buckets (F1, F3) → Lambda's admission (F32 to
 * F34) → service time → the table (F40, F41, F43) → the client, which may try again.
 */
export function simulate(stage: StageModel, load: Load, terms: SimulationTerms): SimulationResult {
  return new Simulation(stage, load, terms).run();
}

class Simulation {
  readonly #stage: StageModel;
  readonly #load: Load;
  readonly #terms: SimulationTerms;
  readonly #gateway: Gateway;
  readonly #function: FunctionAdmission;
  readonly #writes: SdkWrites | null;
  readonly #retry: RetryDecision;
  readonly #serviceMs: () => number;
  readonly #clientUniform: () => number;
  /** Requests that run or wait; `#steps` are what is due of those that run, `#waits` of clients that will retry. */
  readonly #slots = new RequestSlots();
  readonly #steps = new EventHeap();
  readonly #waits = new EventHeap();
  readonly #seconds = new SecondTable();
  readonly #latency = new LatencyHistogram();
  readonly #inUse: InUseTrack;
  #nowMs = 0;
  #givenUp = 0;

  constructor(stage: StageModel, load: Load, terms: SimulationTerms) {
    const { seed } = terms;
    this.#stage = stage;
    this.#load = load;
    this.#terms = terms;
    this.#gateway = new Gateway(stage.gateway, load.clients);
    this.#function = new FunctionAdmission(stage.function);
    this.#retry = new RetryDecision(load.clients, uniforms(seed, 'client-back-off'));
    this.#serviceMs = serviceTimes(stage.service, uniforms(seed, 'service'));
    this.#clientUniform = uniforms(seed, 'clients');
    this.#writes = stage.table && this.#writesTo(stage.table);
    this.#inUse = new InUseTrack(this.#seconds, (nowMs) => this.#function.environments(nowMs));
  }

  run(): SimulationResult {
    const arrivals = arrivalStream(this.#load.arrivals, uniforms(this.#terms.seed, 'arrivals'));
    let arrivalMs = arrivals.next();
    for (;;) {
      const stepMs = this.#steps.nextMs;
      const waitMs = this.#waits.nextMs;
      // What ends at an instant makes room for what comes at it.
      if (stepMs <= waitMs && stepMs <= arrivalMs) {
        if (stepMs === NEVER) break;
        this.#advance(stepMs);
        this.#step(this.#steps.pop());
      } else if (waitMs <= arrivalMs) {
        this.#advance(waitMs);
        this.#attemptAgain(this.#waits.pop());
      } else {
        this.#advance(arrivalMs);
        this.#attemptFirst();
        arrivalMs = arrivals.next();
      }
    }
    this.#inUse.close(this.#nowMs);
    const { environmentsMax } = this.#inUse;
    const ended = { endedMs: this.#nowMs, givenUp: this.#givenUp, environmentsMax };
    return resultOf(this.#seconds, this.#latency, ended);
  }

  /** Seconds that are over are written down as they ended, before the event at `nowMs` changes anything. */
  #advance(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#inUse.advance(nowMs);
  }

  #writesTo(model: TableModel): SdkWrites {
    const { seed } = this.#terms;
    const table = new TableWrites(model, uniforms(seed, 'keys'));
    return new SdkWrites(model, table, this.#slots, this.#seconds, uniforms(seed, 'sdk-back-off'));
  }

  #attemptFirst(): void {
    const { count } = this.#load.clients;
    const client = count === 1 ? 0 : Math.floor(this.#clientUniform() * count);
    this.#seconds.add(COLUMN.requests, this.#nowMs, 1);
    this.#retry.requested(client);
    this.#attempt(client, 0);
  }

  #attemptAgain(slot: number): void {
    this.#slots.give(slot);
    this.#seconds.add(COLUMN.retries, this.#nowMs, 1);
    this.#attempt(this.#slots.client[slot] as number, this.#slots.attempt[slot] as number);
  }

  #attempt(client: number, attempt: number): void {
    const nowMs = this.#nowMs;
    let outcome = this.#gateway.admit(client, nowMs);
    if (outcome === OUTCOME.acknowledged) outcome = this.#function.admit(nowMs);
    if (outcome === OUTCOME.acknowledged) this.#start(client, attempt);
    else this.#settle(outcome, client, attempt, nowMs);
  }

  /** An invocation starts: its next step is its write, or its timeout where that comes first. */
  #start(client: number, attempt: number): void {
    const slots = this.#slots;
    const slot = slots.take();
    let startMs = this.#nowMs;
    this.#inUse.change(this.#function.inUse, startMs);
    slots.arrivedMs[slot] = startMs;
    slots.client[slot] = client;
    slots.attempt[slot] = attempt;
    slots.writesThrottled[slot] = 0;
    if (this.#function.isCold) {
      this.#seconds.add(COLUMN.coldStarts, startMs, 1);
      this.#inUse.started(startMs);
      startMs += this.#stage.function.coldStartMs;
    }
    const deadlineMs = startMs + this.#stage.function.timeoutMs;
    slots.deadlineMs[slot] = deadlineMs;
    const writtenMs = startMs + this.#serviceMs();
    this.#steps.push(writtenMs < deadlineMs ? writtenMs : deadlineMs, slot);
  }

  #step(slot: number): void {
    const nowMs = this.#nowMs;
    const deadlineMs = this.#slots.deadlineMs[slot] as number;
    if (nowMs >= deadlineMs) return this.#finish(slot, OUTCOME.functionTimeout);
    const againMs = this.#writes === null ? WRITTEN : this.#writes.attempt(slot, nowMs);
    if (againMs === WRITTEN) this.#finish(slot, OUTCOME.acknowledged);
    else if (againMs === NOT_WRITTEN) this.#finish(slot, OUTCOME.tableThrottled);
    else this.#steps.push(Math.min(againMs, deadlineMs), slot);
  }

  #finish(slot: number, ended: number): void {
    const slots = this.#slots;
    this.#function.release(this.#nowMs);
    this.#inUse.change(this.#function.inUse, this.#nowMs);
    const arrivedMs = slots.arrivedMs[slot] as number;
    const isTooLate = this.#nowMs - arrivedMs > this.#stage.gateway.timeoutMs;
    slots.give(slot);
    const outcome = isTooLate ? OUTCOME.gatewayTimeout : ended;
    this.#settle(outcome, slots.client[slot] as number, slots.attempt[slot] as number, arrivedMs);
  }

  /** A client has its answer: it is counted, and may be the reason for another attempt. */
  #settle(outcome: number, client: number, attempt: number, arrivedMs: number): void {
    this.#seconds.add(outcome, arrivedMs, 1);
    if (outcome === OUTCOME.acknowledged) {
      const latencyMs = this.#nowMs - arrivedMs + this.#stage.overheadMs;
      this.#latency.add(latencyMs);
      if (latencyMs > this.#terms.lateMs) this.#seconds.add(COLUMN.late, arrivedMs, 1);
      return;
    }
    const waitMs = isWorthRetrying(outcome) ? this.#retry.waitMs(client, attempt) : NEVER;
    if (waitMs === NEVER) {
      this.#givenUp += 1;
      return;
    }
    const slot = this.#slots.take();
    this.#slots.client[slot] = client;
    this.#slots.attempt[slot] = attempt + 1;
    this.#waits.push(this.#nowMs + waitMs, slot);
  }
}
