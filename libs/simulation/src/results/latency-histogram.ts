/** Bits of a double's fraction that tell cells apart: values in one cell differ by less than 1/128 of themselves. */
const FRACTION_BITS = 7;
const SHIFT = 20 - FRACTION_BITS;
/** Every exponent that a finite positive double may have. */
const CELLS = 2047 << FRACTION_BITS;

/** Upper word of a double, in the byte order of all machines that Node runs on. */
const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);

/**
 * Counts of latencies, ms, in cells of equal relative width, found from the bits of the number: as an HDR histogram
 * does, without a logarithm for each. Percentiles are below 0.4 % off.
 */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(CELLS);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  get count(): number {
    return this.#count;
  }

  /** @param latencyMs finite, ≥ 0 */
  add(latencyMs: number): void {
    value[0] = latencyMs;
    (this.#counts[(words[1] as number) >>> SHIFT] as number) += 1;
    this.#count += 1;
    this.#sumMs += latencyMs;
    if (latencyMs > this.#maxMs) this.#maxMs = latencyMs;
  }

  get meanMs(): number | null {
    return this.#count === 0 ? null : this.#sumMs / this.#count;
  }

  get maxMs(): number | null {
    return this.#count === 0 ? null : this.#maxMs;
  }

  /** Smallest latency, to 0.4 %, that a share of all does not exceed. @param share in (0, 1] */
  percentileMs(share: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.ceil(share * this.#count);
    let seen = 0;
    for (let cell = 0; cell < CELLS; cell += 1) {
      seen += this.#counts[cell] as number;
      if (seen >= rank) return Math.min(this.#maxMs, middleOf(cell));
    }
    return this.#maxMs;
  }
}

function middleOf(cell: number): number {
  words[0] = 0;
  words[1] = (cell << SHIFT) + (1 << (SHIFT - 1));
  return cell === 0 ? 0 : (value[0] as number);
}
