import { max, median, min } from 'simple-statistics';
import type { ContestantRun } from '../contestant-run.ts';

/** Two runs that followed each other: what the machine did in the meantime touched both. */
export interface Pair {
  readonly other: ContestantRun;
  readonly spillway: ContestantRun;
}

/** A figure of ours divided by the other's, over the pairs. Ratios are kept in pairs and never made of medians. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Reads one figure of a run; null where it was not measured. */
export type Figure = (run: ContestantRun) => number | null | undefined;

/** Null where no pair has both figures. */
export function ratioOf(pairs: readonly Pair[], figure: Figure): Ratio | null {
  const ratios = pairs
    .map(({ other, spillway }) => {
      const [ours, theirs] = [figure(spillway), figure(other)];
      return ours == null || theirs == null || theirs === 0 ? null : ours / theirs;
    })
    .filter((ratio) => ratio !== null);
  if (ratios.length === 0) return null;
  return { median: median(ratios), min: min(ratios), max: max(ratios) };
}

/** Median over the runs that have the figure; null where none has. */
export function medianOf(runs: readonly ContestantRun[], figure: Figure): number | null {
  const values = runs.map(figure).filter((value) => value != null);
  return values.length === 0 ? null : median(values);
}

/** The peer that serves most at 32 connections, by the median of its rounds; null without a peer. */
export function fastestOf(pairs: readonly Pair[]): string | null {
  const names = [...new Set(pairs.map(({ other }) => other.name))];
  const speed = (name: string) =>
    medianOf(
      pairs.filter(({ other }) => other.name === name).map(({ other }) => other),
      (run) => run.many?.perSecond,
    ) ?? 0;
  return names.toSorted((a, b) => speed(b) - speed(a))[0] ?? null;
}
