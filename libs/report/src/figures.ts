/** Stands where there is no number. */
export const NO_FIGURE = '–';

const decimals = (maximumFractionDigits: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits });
const whole = decimals(0);
const oneDecimal = decimals(1);
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

const LARGEST_WRITTEN_OUT = 1e15;

/** Number → text with thousands separators; {@link NO_FIGURE} where there is none. */
function written(value: number | null, format: Intl.NumberFormat): string {
  if (value === null || !Number.isFinite(value)) return NO_FIGURE;
  return Math.abs(value) >= LARGEST_WRITTEN_OUT ? value.toExponential(2) : format.format(value);
}

/** A count: `12,345`. */
export function countText(count: number | null): string {
  return written(count, whole);
}

/** Requests per second, without the unit: `912`, `61.5`. */
export function rateText(perSecond: number | null): string {
  return written(perSecond, perSecond !== null && Math.abs(perSecond) < 100 ? oneDecimal : whole);
}

/** Milliseconds, without the unit, to three significant digits below 1,000: `3.12`, `38.4`, `1,204`. */
export function millisecondsText(ms: number | null): string {
  return written(ms, ms !== null && Math.abs(ms) < 1000 ? significant : whole);
}

/** Ratio 0–1 → per cent with the sign: `0.12 %`. */
export function percentText(ratio: number | null): string {
  const text = written(ratio === null ? null : ratio * 100, significant);
  return text === NO_FIGURE ? text : `${text} %`;
}

/** A number without a unit, to three significant digits: a coefficient. */
export function figureText(value: number | null): string {
  if (value !== null && value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(2);
  return written(value, significant);
}

/** US dollars, without the sign: `1,204`, `38.40`, `0.0042`. */
export function dollarText(usd: number | null): string {
  if (usd === null) return NO_FIGURE;
  const size = Math.abs(usd);
  if (size >= 100 || usd === 0) return written(usd, whole);
  return written(usd, size < 1 ? significant : cents);
}

/** Seconds or minutes of a span in ms: `48 s`, `3 min 12 s`. */
export function spanText(ms: number): string {
  if (!Number.isFinite(ms)) return NO_FIGURE;
  const seconds = Math.round(Math.max(0, ms) / 1000);
  return seconds < 120 ? `${seconds} s` : `${countText(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** ISO instant → `2026-05-12 09:14 UTC`. */
export function instantText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `one`, or the count with `many`: `1 step`, `3 steps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
