/** On an idle core hardly a handler computes longer: a function whose quickest invocations do waits for something. */
const WAITS_MS = 10;

/** A handler that only computes can take this long on a full machine. An older invocation gives its slot up. */
const YOUNG_MS = 30;

/** Of so many invocations at least, and twice as many at most, the quickest is known. */
const KNOWN_ENDS = 100;

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
  #quickestMs = Infinity;
  #quickestBeforeMs = Infinity;
  #ends = 0;

  constructor(policy: RunSlotsPolicy) {
    this.#policy = policy;
  }

  hasRoom(): boolean {
    if (this.#young.size < this.#policy.mostAtOnce || !this.#policy.isHostFull()) return true;
    const nowMs = this.#policy.nowMs();
    const youngMs = this.#youngMs();
    for (const slot of this.#young) {
      if (nowMs - slot.begunAtMs < youngMs) break;
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
    this.#quickestMs = Math.min(this.#quickestMs, this.#policy.nowMs() - slot.begunAtMs);
    this.#ends += 1;
    if (this.#ends % KNOWN_ENDS > 0) return;
    this.#quickestBeforeMs = this.#quickestMs;
    this.#quickestMs = Infinity;
  }

  /** Calls back once, soon: there may be room then though nothing has ended. */
  lookAgain(look: () => void): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      look();
    }, LOOK_AGAIN_MS).unref();
  }

  #youngMs(): number {
    const quickestMs = Math.min(this.#quickestMs, this.#quickestBeforeMs);
    return quickestMs < WAITS_MS ? YOUNG_MS : WAITS_MS;
  }
}
