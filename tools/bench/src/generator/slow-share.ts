/** One point of a reported distribution: `ratio` (0–1) of the values are at most `valueMs`. */
export interface Quantile {
  readonly ratio: number;
  readonly valueMs: number;
}

/** Between what a share lies; both are the same where it is known exactly. 0–1. */
export interface ShareRange {
  readonly least: number;
  readonly most: number;
}

/** All that a report of a few percentiles says about the share of values above a limit. */
export function shareAbove(limitMs: number, quantiles: readonly Quantile[]): ShareRange {
  const above = quantiles.filter(({ valueMs }) => valueMs > limitMs).map(({ ratio }) => 1 - ratio);
  const below = quantiles.filter(({ valueMs }) => valueMs <= limitMs).map(({ ratio }) => 1 - ratio);
  return { least: Math.max(0, ...above), most: Math.min(1, ...below) };
}

/** How far a known share is from a range, as a share of the known one; 0 inside. */
export function shareError({ least, most }: ShareRange, known: number): number {
  if (known >= least && known <= most) return 0;
  return (known < least ? least - known : known - most) / known;
}
