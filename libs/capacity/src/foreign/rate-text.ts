import { grouped } from '../figures.ts';

/** Digits beyond these are those of a quotient, such as 57 / 1.9 = 30.000000000000004. */
const DIGITS_MEASURED = 12;

/**
 * A rate as text, three digits below 1,000: `19.9/s`. Rounded down, since it is said as "at least".
 * @param perSecond 0 or more
 */
export function rateText(perSecond: number): string {
  const measured = Number(perSecond.toPrecision(DIGITS_MEASURED));
  if (measured >= 1000) return `${grouped(Math.floor(measured))}/s`;
  const [digits = '', exponent = ''] = measured.toExponential().split('e');
  return `${grouped(Number(`${digits.slice(0, '9.99'.length)}e${exponent}`))}/s`;
}
