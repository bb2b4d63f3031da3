/** A ratio as text, three digits: `0.95 %`. */
export function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(3))} %`;
}

/** Milliseconds as text, three digits: `48.3 ms`. */
export function milliseconds(value: number): string {
  return `${Number(value.toPrecision(3))} ms`;
}
