import type { RunRecord } from '@spillway/capacity';
import type { Limits } from '@spillway/throttle';
import { countText, rateText } from './figures.ts';

/** One limit as it is shown: what it is called, its value and unit, what is deployed, and why. */
export interface LimitRow {
  readonly name: keyof Limits;
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly deployed: string;
  readonly reason: string;
}

const LABELS: readonly (readonly [keyof Limits, string, string])[] = [
  ['rateLimit', 'Rate limit', 'requests/s'],
  ['burstLimit', 'Burst limit', 'requests'],
  ['reservedConcurrency', 'Reserved concurrency', 'environments'],
  ['memorySize', 'Memory', 'MB'],
  ['timeoutSeconds', 'Timeout', 's'],
];

/** The proposed limits, each with its reason; empty where nothing is proposed. */
export function limitRows({ recommendation, deployedLimits }: RunRecord): LimitRow[] {
  if (recommendation === null) return [];
  return LABELS.map(([name, label, unit]) => {
    const text = name === 'rateLimit' ? rateText : countText;
    return {
      name,
      label,
      value: text(recommendation.limits[name]),
      unit,
      deployed: text(deployedLimits[name]),
      reason: recommendation.reasons[name],
    };
  });
}

/** λ* in words: always as a bracket, with what is missing said. */
export function bracketText({ estimate }: RunRecord): string {
  if (estimate === null) return 'no estimate';
  const { lowerPerSecond, upperPerSecond } = estimate;
  if (lowerPerSecond === null) {
    return upperPerSecond === null
      ? 'not found: no rate passed or failed for certain'
      : `below ${rateText(upperPerSecond)} requests/s: no rate passed`;
  }
  return upperPerSecond === null
    ? `at least ${rateText(lowerPerSecond)} requests/s: no rate failed`
    : `${rateText(lowerPerSecond)} – ${rateText(upperPerSecond)} requests/s`;
}
