import type { ChildProcess } from 'node:child_process';

/** Stops one process and lets it go on. Nothing happens where processes can't be stopped (Windows). */
export class ChildFreeze {
  readonly #child: ChildProcess;
  #isFrozen = false;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  freeze(): void {
    if (process.platform !== 'win32') this.#isFrozen = this.#child.kill('SIGSTOP');
  }

  /** @returns whether it was frozen */
  thaw(): boolean {
    const wasFrozen = this.#isFrozen;
    if (wasFrozen) this.#child.kill('SIGCONT');
    this.#isFrozen = false;
    return wasFrozen;
  }
}
