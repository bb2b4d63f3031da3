import { AnswerLog, type Ending, type SettledTimes } from './answer-log.ts';
import type { Connections, GiveUp } from './connections.ts';
import { outcomeOf } from './outcome.ts';
import { nextArrivals } from './pace.ts';

/** Told of every request as it happens, ms. */
export interface StepListener {
  onSent(latenessMs: number): void;
  onSettled(ending: Ending, times: SettledTimes): void;
}

/** What the loop needs of its step. */
export interface OpenLoopParts {
  /** Intended instants, ms from the step's start. */
  readonly schedule: Float64Array;
  /** Beyond this after its intended instant an answer is a timeout, ms. */
  readonly horizonMs: number;
  readonly connections: Connections;
  readonly entryAt: (sequence: number) => string;
  readonly listener: StepListener;
  /** ms since the step's start. */
  readonly now: () => number;
  /** Most requests sent in one turn of the event loop. */
  readonly sentATurn: number;
}

/**
 * Requests go out when they are due and end when they end, and neither waits for the other. Whatever happens, each
 * request sent gets exactly one ending.
 */
export class OpenLoop {
  readonly log: AnswerLog;
  readonly #parts: OpenLoopParts;
  readonly #givingUp = new Map<number, GiveUp>();
  #isInterrupted = false;
  #isCatchingUp = false;

  constructor(parts: OpenLoopParts) {
    this.log = new AnswerLog(parts.schedule);
    this.#parts = parts;
  }

  /** Nothing is left to send and nothing to wait for. */
  get isOver(): boolean {
    const { log } = this;
    return log.settled === log.sent && (this.#isInterrupted || log.sent === log.intendedMs.length);
  }

  /**
   * Sends all that is due, late or not; a few in each turn of the event loop, so that answers that have come meanwhile
   * are read and their connections used, instead of opening hundreds of new ones after each standstill.
   */
  sendDue(): void {
    if (this.#isInterrupted) return;
    const { schedule, now, sentATurn } = this.#parts;
    const { due, waitMs } = nextArrivals(schedule, now(), this.log.sent, sentATurn);
    for (let i = 0; i < due; i += 1) this.#send();
    if (waitMs === null || waitMs > 0 || this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    setImmediate(() => {
      this.#isCatchingUp = false;
      this.sendDue();
    });
  }

  /** Gives up what is beyond the horizon. */
  expire(): void {
    const { now, horizonMs } = this.#parts;
    this.#giveUp(now() - horizonMs, { outcome: 'timeout', status: 0, errorType: '' });
  }

  /** Sends no more; what is in flight is unknown to this client, as after a broken connection. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#giveUp(Infinity, { outcome: 'connection-error', status: 0, errorType: 'interrupted' });
  }

  #send(): void {
    const { connections, entryAt, horizonMs, listener, now } = this.#parts;
    const sentAtMs = now();
    const sequence = this.log.send(sentAtMs);
    let [status, errorType] = [0, ''];
    listener.onSent(this.log.latenessMs[sequence] as number);
    const giveUp = connections.post(entryAt(sequence), {
      onConnected: (wasWaiting) => this.log.connected(sequence, wasWaiting ? now() - sentAtMs : 0),
      onFirstByte: (...head) => {
        [status, errorType] = head;
        this.log.firstByte(sequence, now());
      },
      onLastByte: () => {
        const isLate = this.log.latencyAt(sequence, now()) > horizonMs;
        this.#settle(sequence, { outcome: isLate ? 'timeout' : outcomeOf(status), status, errorType });
      },
      onBroken: (code) => this.#settle(sequence, { outcome: 'connection-error', status, errorType: code }),
    });
    // It may have failed at once, before it could be given up.
    if (this.log.isPending(sequence)) this.#givingUp.set(sequence, giveUp);
  }

  #settle(sequence: number, ending: Ending): void {
    if (!this.log.settle(sequence, this.#parts.now(), ending)) return;
    this.#givingUp.delete(sequence);
    this.#parts.listener.onSettled(ending, this.log.timesOf(sequence));
  }

  #giveUp(intendedBeforeMs: number, ending: Ending): void {
    for (const sequence of this.log.pending(intendedBeforeMs)) {
      const giveUp = this.#givingUp.get(sequence);
      this.#settle(sequence, ending);
      giveUp?.();
    }
  }
}
