/** Children of a node: a heap of four is half as deep as one of two, and its children lie in one cache line. */
const ARITY = 4;

/** An instant that never comes. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Events that are due: the earliest first. Grows by doubling, so that nothing is allocated for an event. */
export class EventHeap {
  /** `atMs[0]` is NEVER while there is none. */
  #atMs = new Float64Array(1024).fill(NEVER);
  #ids = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the earliest is due, ms; NEVER where there is none. */
  get nextMs(): number {
    return this.#atMs[0] as number;
  }

  push(atMs: number, id: number): void {
    if (this.#size === this.#ids.length) this.#grow();
    const times = this.#atMs;
    const ids = this.#ids;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentMs = times[parent] as number;
      if (parentMs <= atMs) break;
      times[hole] = parentMs;
      ids[hole] = ids[parent] as number;
      hole = parent;
    }
    times[hole] = atMs;
    ids[hole] = id;
  }

  /** Takes the earliest. @returns its id; −1 where there is none */
  pop(): number {
    if (this.#size === 0) return -1;
    const times = this.#atMs;
    const ids = this.#ids;
    const first = ids[0] as number;
    const last = --this.#size;
    const lastMs = times[last] as number;
    const lastId = ids[last] as number;
    times[last] = NEVER;
    if (last > 0) this.#sink(lastMs, lastId);
    return first;
  }

  #sink(atMs: number, id: number): void {
    const times = this.#atMs;
    const ids = this.#ids;
    const size = this.#size;
    let hole = 0;
    for (;;) {
      const child = hole * ARITY + 1;
      if (child >= size) break;
      const end = child + ARITY < size ? child + ARITY : size;
      let least = child;
      for (let sibling = child + 1; sibling < end; sibling += 1) {
        if ((times[sibling] as number) < (times[least] as number)) least = sibling;
      }
      const leastMs = times[least] as number;
      if (leastMs >= atMs) break;
      times[hole] = leastMs;
      ids[hole] = ids[least] as number;
      hole = least;
    }
    times[hole] = atMs;
    ids[hole] = id;
  }

  #grow(): void {
    const times = new Float64Array(this.#size * 2).fill(NEVER);
    const ids = new Int32Array(this.#size * 2);
    times.set(this.#atMs);
    ids.set(this.#ids);
    this.#atMs = times;
    this.#ids = ids;
  }
}
