import { max, median, min } from 'simple-statistics';
import type { AnalysisRound } from '../analysis/run-analysis.ts';
import type { UseReport } from '../analysis/use-report.ts';
import type { WrittenRun } from '../analysis/write-synthetic-run.ts';
import { ratioText, type Claim } from './claims.ts';
import { figureText, megabytesText } from './figure-text.ts';
import type { Table } from './table.ts';

/** What is to be shown, of so many answers. */
const CLAIMED = { answers: 10_000_000, elapsedMs: 10_000, residentBytes: 500 * 1024 ** 2 };

/** Both programs by the median of the rounds, and the claims. */
export function analysisTables(written: WrittenRun, rounds: readonly AnalysisRound[]): readonly Table[] {
  const row = (name: string, uses: readonly UseReport[], ratio: string) => {
    const elapsedMs = median(uses.map((use) => use.elapsedMs));
    return [
      name,
      figureText(elapsedMs / 1000),
      figureText(median(uses.map((use) => use.cpuMs)) / 1000),
      megabytesText(max(uses.map((use) => use.residentBytes))),
      figureText(Math.round((1000 * written.answers) / elapsedMs)),
      figureText(written.bytes / 1024 ** 2 / (elapsedMs / 1000)),
      ratio,
    ];
  };
  const ratios = rounds.map(({ baseline, analysis }) => analysis.elapsedMs / baseline.elapsedMs);
  const ratio = ratioText({ median: median(ratios), min: min(ratios), max: max(ratios) });
  return [
    {
      title: `${written.answers} answers, steps: ${written.steps}, MB: ${megabytesText(written.bytes)}, rounds: ${rounds.length}`,
      header: ['program', 's', 'CPU s', 'resident MB', 'answers/s', 'MB/s', '× baseline'],
      rows: [
        row(
          'read and count lines',
          rounds.map(({ baseline }) => baseline),
          '1',
        ),
        row(
          'analysis',
          rounds.map(({ analysis }) => analysis),
          ratio,
        ),
      ],
    },
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: analysisClaims(written, rounds).map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
}

/** Every round has to hold: a limit that holds half of the time is none. */
export function analysisClaims({ answers }: WrittenRun, rounds: readonly AnalysisRound[]): readonly Claim[] {
  const verdict = (holds: boolean): Claim['verdict'] =>
    answers < CLAIMED.answers ? 'not measured' : holds ? 'met' : 'not met';
  const elapsedMs = max(rounds.map(({ analysis }) => analysis.elapsedMs));
  const residentBytes = max(rounds.map(({ analysis }) => analysis.residentBytes));
  return [
    {
      wanted: `${CLAIMED.answers} answers analysed within ${CLAIMED.elapsedMs / 1000} s`,
      found: `${figureText(elapsedMs / 1000)} s at most`,
      verdict: verdict(elapsedMs <= CLAIMED.elapsedMs),
    },
    {
      wanted: `in ${megabytesText(CLAIMED.residentBytes)} MB of resident memory`,
      found: `${megabytesText(residentBytes)} MB at most`,
      verdict: verdict(residentBytes <= CLAIMED.residentBytes),
    },
  ];
}
