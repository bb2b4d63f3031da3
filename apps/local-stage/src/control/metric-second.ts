import { binOf, packBins, type PackedBins } from './value-sketch.ts';

/** Everything recorded of one series in one second. */
export class MetricSecond {
  count = 0;
  sum = 0;
  minimum = Infinity;
  maximum = -Infinity;
  #bins: Map<number, number> | null = null;
  #packed: PackedBins | null = null;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    const bin = binOf(value);
    if (bin === null) return;
    this.#bins ??= new Map();
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
  }

  /** Once the second is over: the same content in a fraction of the room. */
  pack(): void {
    if (!this.#bins || this.#packed) return;
    this.#packed = packBins(this.#bins);
    this.#bins = null;
  }

  /** Adds this second's bins to those of a period. */
  mergeBinsInto(target: Map<number, number>): void {
    for (const [bin, count] of this.#bins ?? []) target.set(bin, (target.get(bin) ?? 0) + count);
    const packed = this.#packed ?? [];
    for (let index = 0; index < packed.length; index += 2) {
      const bin = packed[index] as number;
      target.set(bin, (target.get(bin) ?? 0) + (packed[index + 1] as number));
    }
  }
}
