import { latencySummary } from '@spillway/capacity';
import type { Latency, Tally } from './job.ts';

const REFUSALS: ReadonlySet<string> = new Set(['429', '500', '503']);

/** How one request ended. `requestId` is the answer's `x-amzn-RequestId`, where there is one. */
export interface Ending {
  /** Status, or code of the error. */
  readonly ending: string;
  readonly requestId?: string | undefined;
}

/** Keeps how each request ended and how long it took; told about a request twice it throws. */
export class Ledger {
  readonly #latenciesMs: number[] = [];
  readonly #endings = new Map<string, number>();
  readonly #notServed: number[] = [];
  readonly #settled = new Set<number>();
  readonly #requestIds = new Set<string>();
  #repeatedRequestIds = 0;
  #sent = 0;

  /** Sequence number of the next request. */
  send(): number {
    return this.#sent++;
  }

  get sent(): number {
    return this.#sent;
  }

  get pending(): number {
    return this.#sent - this.#settled.size;
  }

  settle(sequence: number, { ending, requestId }: Ending, latencyMs: number): void {
    if (this.#settled.has(sequence)) throw new Error(`request ${sequence}: found a second answer, want one`);
    this.#settled.add(sequence);
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1);
    if (ending === '200') this.#latenciesMs.push(latencyMs);
    else this.#notServed.push(sequence);
    if (requestId === undefined) return;
    if (this.#requestIds.has(requestId)) this.#repeatedRequestIds += 1;
    this.#requestIds.add(requestId);
  }

  tally(): Tally {
    const endings = Object.fromEntries(this.#endings);
    const served = endings['200'] ?? 0;
    let refused = 0;
    for (const [ending, count] of this.#endings) if (REFUSALS.has(ending)) refused += count;
    return {
      sent: this.#sent,
      served,
      refused,
      failed: this.#sent - served - refused,
      endings,
      notServed: this.#notServed,
      repeatedRequestIds: this.#repeatedRequestIds,
    };
  }

  latencyMs(): Latency | null {
    const summary = latencySummary(Float64Array.from(this.#latenciesMs));
    return summary && { p50: summary.p50, p99: summary.p99 };
  }
}
