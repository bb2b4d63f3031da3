/** Share of the reference that memory may differ by, 0–1. */
export const FLAT_WITHIN_RATIO = 0.05;

/** 105 / 100 − 1 is a little more than 0.05. */
const EPSILON = 1e-9;

export interface Flatness {
  /** First window after the warm-up, bytes. */
  readonly referenceBytes: number;
  /** Of a later window from the reference, as a share of it, signed: the one that decides. */
  readonly driftRatio: number;
  readonly isFlat: boolean;
}

/**
 * Whether memory stays what it was in the first of the windows given.
 * @param counts `change`: up and down; `growth`: up only, for resident memory, which V8 gives back when it likes
 * @returns null for fewer than two windows, which show nothing
 */
export function judgeFlatness(windowsBytes: readonly number[], counts: 'change' | 'growth'): Flatness | null {
  const [referenceBytes, ...later] = windowsBytes;
  if (referenceBytes === undefined || later.length === 0) return null;
  const weight = counts === 'change' ? Math.abs : (drift: number) => drift;
  const driftRatio = later
    .map((bytes) => bytes / referenceBytes - 1)
    .reduce((most, drift) => (weight(drift) > weight(most) ? drift : most));
  return { referenceBytes, driftRatio, isFlat: weight(driftRatio) <= FLAT_WITHIN_RATIO + EPSILON };
}
