import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestGate } from './request-gate.ts';

/** A save is often several changes, and a build writes many files: it has ended when nothing comes for so long. */
const QUIET_MS = 60;

/** What a rebuild came to; `message` is for the user. */
export type RebuildOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface RebuildSteps {
  /** Makes the sources into a template and its assets. */
  rebuild(): Promise<RebuildOutcome>;
  /** Plays them instead of what is played now, which goes on if that fails. */
  reload(): Promise<RebuildOutcome>;
  /** Takes one line on whatever the user should know. */
  report(line: string): void;
}

/** From a change to the stage that plays it: requests wait meanwhile, however many changes come. */
export class RebuildLoop {
  readonly #steps: RebuildSteps;
  readonly #gate: RequestGate;
  #changes = 0;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(steps: RebuildSteps, gate: RequestGate) {
    this.#steps = steps;
    this.#gate = gate;
  }

  changed(): void {
    this.#changes += 1;
    if (this.#isClosed || this.#running) return;
    this.#gate.hold();
    this.#running = this.#run();
  }

  /** Begins nothing any more, and waits for what runs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#steps.report('rebuilding…');
    const startedAtMs = performance.now();
    let outcome: RebuildOutcome;
    let seen: number;
    do {
      await this.#quiet();
      seen = this.#changes;
      outcome = await this.#steps.rebuild();
      if (outcome.ok && seen === this.#changes && !this.#isClosed) outcome = await this.#steps.reload();
    } while (seen !== this.#changes && !this.#isClosed);
    // In one go: the next change begins anew.
    this.#running = null;
    const { waited } = this.#gate.release();
    const tookMs = Math.round(performance.now() - startedAtMs);
    const requests = waited === 0 ? '' : `; ${waited} ${waited === 1 ? 'request' : 'requests'} waited`;
    if (outcome.ok) this.#steps.report(`rebuilt in ${tookMs} ms${requests}`);
    else this.#steps.report(`${outcome.message}\nnot rebuilt, the old code goes on${requests}`);
  }

  async #quiet(): Promise<void> {
    let seen: number;
    do {
      seen = this.#changes;
      await sleep(QUIET_MS);
    } while (seen !== this.#changes && !this.#isClosed);
  }
}
