import { grouped } from '../figures.ts';

/** A rate as text, three digits below 1,000: `19.9/s`. */
export function rateText(perSecond: number): string {
  return `${grouped(perSecond < 1000 ? Number(perSecond.toPrecision(3)) : Math.floor(perSecond))}/s`;
}
