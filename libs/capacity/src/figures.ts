/** A ratio as text, three digits: `0.95 %`. */
export function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(3))} %`;
}

/** The share of answers that an SLO wants good, every digit of it, so that no two targets read alike: `99.93 %`. */
export function goodShare(errorRatio: number): string {
  // 12 digits: 1 − 0.0007 is 0.9992999… in floating point.
  return `${Number((100 * (1 - errorRatio)).toPrecision(12))} %`;
}

/** Milliseconds as text, three digits: `48.3 ms`. */
export function milliseconds(value: number): string {
  return `${Number(value.toPrecision(3))} ms`;
}

/** A number as text with thousands apart: `12,500`. @param digits significant ones; all of them by default */
export function grouped(value: number, digits = 15): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(2);
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits }).format(value);
}

/** US dollars as text: cents below 100, whole ones above. */
export function usd(value: number): string {
  if (value > 0 && value < 0.005) return 'less than 0.01 USD';
  const fraction = value < 100 ? 2 : 0;
  const format = { minimumFractionDigits: fraction, maximumFractionDigits: fraction };
  if (value >= 1e15) return `${value.toExponential(2)} USD`;
  return `${new Intl.NumberFormat('en-US', format).format(value)} USD`;
}
