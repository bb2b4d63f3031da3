import type { Ending, SettledTimes } from './answer-log.ts';
import type { StepListener } from './open-loop.ts';
import { kindOf } from './outcome.ts';

/** The part of Artillery's emitter that an engine reports to. */
export interface ArtilleryEvents {
  emit(event: string, ...values: unknown[]): unknown;
}

const FLUSH_MS = 500;
/** Kinds counted by name in one step; the server chooses their names, so they are bounded in number and length. */
const MAX_KINDS = 40;
const MAX_KIND_LENGTH = 60;

/**
 * Puts the engine's figures into Artillery's own report: counters `spillway.sent`, `spillway.<outcome>`,
 * `spillway.<outcome>.<kind>`, `spillway.codes.<status>`, and `errors.<code>` of broken connections; histograms
 * `spillway.latency` (intended instant to last byte), `spillway.first_byte`, `spillway.connect`, `spillway.lateness`,
 * ms. Counters go out twice a second, not once a request: Artillery keeps every emission until its next
 * aggregation, which then blocks the event loop.
 */
export class ArtilleryMetrics implements StepListener {
  readonly #events: ArtilleryEvents;
  readonly #counts = new Map<string, number>();
  readonly #kinds = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;

  constructor(events: ArtilleryEvents) {
    this.#events = events;
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS);
  }

  onSent(latenessMs: number): void {
    this.#count('spillway.sent');
    this.#histogram('lateness', latenessMs);
  }

  onSettled(ending: Ending, times: SettledTimes): void {
    this.#count(`spillway.${ending.outcome}`);
    if (ending.status > 0) this.#count(`spillway.codes.${ending.status}`);
    const kind = kindOf(ending);
    if (kind !== null) this.#countKind(ending, kind);
    this.#histogram('latency', times.latencyMs);
    this.#histogram('first_byte', times.firstByteMs);
    this.#histogram('connect', times.connectMs);
  }

  /** Hands over what is counted so far and ends. */
  close(): void {
    clearInterval(this.#timer);
    this.#flush();
  }

  #countKind({ outcome }: Ending, kind: string): void {
    // Artillery prints what is under `errors.` as its own kind of failure.
    const family = outcome === 'connection-error' ? 'errors' : `spillway.${outcome}`;
    const asked = `${family}.${kind}`;
    let name = this.#kinds.get(asked);
    if (name === undefined) {
      if (this.#kinds.size >= MAX_KINDS) return this.#count(`${family}.other`);
      name = `${family}.${kind.replace(/[^\w.-]/g, '_').slice(0, MAX_KIND_LENGTH)}`;
      this.#kinds.set(asked, name);
    }
    this.#count(name);
  }

  #histogram(name: string, valueMs: number): void {
    if (!Number.isNaN(valueMs)) this.#events.emit('histogram', `spillway.${name}`, valueMs);
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #flush(): void {
    for (const [name, count] of this.#counts) this.#events.emit('counter', name, count);
    this.#counts.clear();
  }
}
