import { concludeFrom, type Conclusion } from './conclude.ts';
import type { ExaminedReport } from './examined-report.ts';
import { answered, type ForeignReport } from './foreign-report.ts';
import { judgePlateau, type JudgedPlateau, type Slo } from './judge-plateau.ts';
import { findPlateaus } from './plateaus.ts';
import { noteworthy } from './noteworthy.ts';
import { readReport } from './read-report.ts';
import type { Refusal } from './refusal.ts';
import { unknownsOf } from './unknowns.ts';

/** What follows from a report that Spillway did not make, and what doesn't. */
export interface ReportAnalysis {
  readonly kind: 'report';
  readonly format: ForeignReport['format'];
  readonly targets: Slo;
  readonly requests: number;
  readonly answers: number;
  readonly windows: number;
  readonly conclusion: Conclusion;
  /** By rate, ascending. */
  readonly plateaus: readonly JudgedPlateau[];
  /** What stands out in it: sentences. */
  readonly noteworthy: readonly string[];
  /** What it can't tell: sentences. */
  readonly unknown: readonly string[];
}

/**
 * Concludes from an Artillery report what its counts prove, plateau by plateau, and refuses anything else by name.
 * Percentiles of windows are never averaged; answers over T are counted instead, between bounds (F83).
 * @param text of the file
 */
export function analyzeReport(text: string, targets: Slo): ReportAnalysis | Refusal {
  const report = readReport(text);
  return 'kind' in report ? report : examine(report, targets);
}

function examine(report: ForeignReport, targets: Slo): ReportAnalysis {
  const { total } = report;
  const isOneRequestAUser = total.requests > 0 && total.requests === total.usersCreated;
  const found = findPlateaus(report);
  const judged = found.plateaus
    .map((plateau) => judgePlateau(plateau, targets, isOneRequestAUser))
    .sort((a, b) => a.ratePerSecond - b.ratePerSecond);
  const examined: ExaminedReport = { ...found, report, judged, targets, isOneRequestAUser };
  return {
    kind: 'report',
    format: report.format,
    targets: { latencyMs: targets.latencyMs, errorRatio: targets.errorRatio },
    requests: total.requests,
    answers: answered(total.answers),
    windows: report.windows.length,
    conclusion: concludeFrom(examined),
    plateaus: judged,
    noteworthy: noteworthy(examined),
    unknown: unknownsOf(examined),
  };
}
