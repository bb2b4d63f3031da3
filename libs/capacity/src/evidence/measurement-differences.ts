import type { Measurement } from '../run-record.ts';

/** Figures that differ by less than this share are the same, rounded by another machine's arithmetic. */
const SAME_RATIO = 1e-9;

/**
 * How a step's figures differ from those that its answers give: `outcomes.acknowledged 1000, its answers give 999`.
 * Figures that the record doesn't have are left out: it may be older than they are.
 */
export function measurementDifferences(recorded: Measurement, found: Measurement): string[] {
  return differences('', recorded, found);
}

function differences(path: string, recorded: unknown, found: unknown): string[] {
  if (recorded === undefined || isSame(recorded, found)) return [];
  if (!isObject(recorded) || !isObject(found)) {
    return [`${path} ${text(recorded)}, its answers give ${text(found)}`];
  }
  return Object.keys(found).flatMap((key) =>
    differences(path === '' ? key : `${path}.${key}`, recorded[key], found[key]),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= SAME_RATIO * Math.max(Math.abs(a), Math.abs(b));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  if (isObject(value)) return 'something';
  return value === null || value === undefined ? 'nothing' : String(value);
}
