import type { Outcome } from '@spillway/capacity';
import type { Ending } from './answer-log.ts';
import type { StepListener } from './open-loop.ts';

/** The part of Artillery's emitter that an engine reports to. */
export interface ArtilleryEvents {
  emit(event: string, ...values: unknown[]): unknown;
}

const FLUSH_MS = 500;

/**
 * Puts the engine's figures into Artillery's own report: counters `spillway.sent`, `spillway.<outcome>`,
 * `spillway.codes.<status>`, `errors.<code>`; histograms `spillway.latency` (intended instant to last byte),
 * `spillway.first_byte`, `spillway.lateness`, ms. Counters go out twice a second, not once a request: Artillery
 * keeps every emission until its next aggregation, which then blocks the event loop.
 */
export class ArtilleryMetrics implements StepListener {
  readonly #events: ArtilleryEvents;
  readonly #counts = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(events: ArtilleryEvents) {
    this.#events = events;
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS);
  }

  onSent(latenessMs: number): void {
    this.#count('spillway.sent');
    this.#events.emit('histogram', 'spillway.lateness', latenessMs);
  }

  onSettled(outcome: Outcome, latencyMs: number, firstByteMs: number, ending: Ending): void {
    this.#count(`spillway.${outcome}`);
    if (ending.status > 0) this.#count(`spillway.codes.${ending.status}`);
    if (outcome === 'connection-error') this.#count(`errors.${ending.errorType}`);
    this.#events.emit('histogram', 'spillway.latency', latencyMs);
    if (!Number.isNaN(firstByteMs)) this.#events.emit('histogram', 'spillway.first_byte', firstByteMs);
  }

  /** Hands over what is counted so far and ends. */
  close(): void {
    clearInterval(this.#timer);
    this.#flush();
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #flush(): void {
    for (const [name, count] of this.#counts) this.#events.emit('counter', name, count);
    this.#counts.clear();
  }
}
