import { max, median, min } from 'simple-statistics';
import { ratioText } from '../../report/claims.ts';
import { figureText } from '../../report/figure-text.ts';
import type { Ratio } from '../../report/pairs.ts';

interface Taken {
  readonly tool: string;
  readonly round: number;
}

/** Reads one figure of a finding; null where it was not measured. */
export type FigureOf<T> = (finding: T) => number | null | undefined;

/** Names in the order in which they were measured first. */
export function toolsOf(findings: readonly Taken[]): readonly string[] {
  return [...new Set(findings.map(({ tool }) => tool))];
}

/** Over the rounds of a tool, with the spread; null where none has the figure. */
export function overRounds<T extends Taken>(
  findings: readonly T[],
  tool: string,
  figure: FigureOf<T>,
): Ratio | null {
  const own = findings.filter((finding) => finding.tool === tool).map(figure);
  return spreadOf(own.filter((value) => value != null));
}

/** A figure of one tool divided by another's, in each round that has both: what the machine did touched both. */
export function ratioOverRounds<T extends Taken>(
  findings: readonly T[],
  [ours, theirs]: readonly [string, string],
  figure: FigureOf<T>,
): Ratio | null {
  const at = (tool: string, round: number) => {
    const found = findings.find((finding) => finding.tool === tool && finding.round === round);
    return found && figure(found);
  };
  const rounds = [...new Set(findings.map(({ round }) => round))];
  const ratios = rounds.map((round) => {
    const [own, other] = [at(ours, round), at(theirs, round)];
    return own == null || other == null || other === 0 ? null : own / other;
  });
  return spreadOf(ratios.filter((ratio) => ratio !== null));
}

/** Null of nothing. */
export function spreadOf(values: readonly number[]): Ratio | null {
  if (values.length === 0) return null;
  const list = [...values];
  return { median: median(list), min: min(list), max: max(list) };
}

/** The median as a table shows it. */
export function medianText(spread: Ratio | null): string {
  return figureText(spread?.median);
}

/** `2.41 (2.20–2.63)`, or a dash. */
export function spreadText(spread: Ratio | null): string {
  return spread === null ? figureText(null) : ratioText(spread);
}

/** Share → per cent with its sign: `+0.4 %`. */
export function signedPercentText(ratio: number): string {
  return `${ratio >= 0 ? '+' : '−'}${Math.abs(ratio * 100).toFixed(1)} %`;
}

/** Share → per cent: `99.73 %`. */
export function percentText(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}
