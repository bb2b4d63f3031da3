/** An invocation that runs longer waits for something, more likely than it computes: it gives its slot up. */
const YOUNG_MS = 10;

/** How soon to look again whether an invocation is no longer young. */
const LOOK_AGAIN_MS = 2;

export interface RunSlotsPolicy {
  /** Young invocations at once while the machine is full. */
  readonly mostAtOnce: number;
  readonly isHostFull: () => boolean;
  /** Of a clock that never goes back. */
  readonly nowMs: () => number;
}

/** Held by an invocation from its beginning to its end. */
export interface RunSlot {
  readonly begunAtMs: number;
}

/**
 * Keeps a full machine from running more invocations at once than help it: where every core is busy, another process
 * serves nobody sooner, and each has its own code to compile and its own caches to fill. Where a core is idle it
 * holds nobody back.
 */
export class RunSlots {
  readonly #policy: RunSlotsPolicy;
  /** Oldest first. */
  readonly #young = new Set<RunSlot>();
  #timer: NodeJS.Timeout | null = null;

  constructor(policy: RunSlotsPolicy) {
    this.#policy = policy;
  }

  hasRoom(): boolean {
    if (this.#young.size < this.#policy.mostAtOnce || !this.#policy.isHostFull()) return true;
    const nowMs = this.#policy.nowMs();
    for (const slot of this.#young) {
      if (nowMs - slot.begunAtMs < YOUNG_MS) break;
      this.#young.delete(slot);
    }
    return this.#young.size < this.#policy.mostAtOnce;
  }

  begin(): RunSlot {
    const slot = { begunAtMs: this.#policy.nowMs() };
    this.#young.add(slot);
    return slot;
  }

  end(slot: RunSlot): void {
    this.#young.delete(slot);
  }

  /** Calls back once, soon: there may be room then though nothing has ended. */
  lookAgain(look: () => void): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      look();
    }, LOOK_AGAIN_MS);
  }
}
