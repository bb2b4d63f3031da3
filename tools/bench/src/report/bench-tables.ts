import type { ContestantRun } from '../contestant-run.ts';
import { judgeClaims, ratioText, type Evidence } from './claims.ts';
import { figureText, megabytesText } from './figure-text.ts';
import { medianOf, ratioOf, type Figure, type Pair } from './pairs.ts';
import type { Table } from './table.ts';

/** Every table of a benchmark: medians over the rounds, ratios over the pairs, and what was to be shown. */
export function benchTables(runs: readonly ContestantRun[], evidence: Evidence): readonly Table[] {
  const contestants = [...new Set(runs.map(({ name }) => name))].map((name) => {
    const own = runs.filter((run) => run.name === name);
    return { label: `${name} (${own[0]?.version ?? ''})`, name, runs: own };
  });
  type Contestant = (typeof contestants)[number];
  const rowsOf = (has: Figure, cells: (contestant: Contestant) => readonly string[]) =>
    contestants
      .filter((contestant) => medianOf(contestant.runs, has) !== null)
      .map((contestant) => [contestant.name, ...cells(contestant)]);
  const text = (figure: Figure) => (contestant: Contestant) => figureText(medianOf(contestant.runs, figure));
  const columns = (figures: readonly Figure[]) => (contestant: Contestant) =>
    figures.map((figure) => text(figure)(contestant));

  const tables: Table[] = [
    {
      title: '32 connections, closed loop',
      header: [
        '',
        'rounds',
        'requests/s',
        'p50 ms',
        'p99 ms',
        'CPU ms',
        'engine CPU ms',
        'errors',
        'peak MB',
        'first answer ms',
      ],
      rows: rowsOf(
        (run) => run.many?.perSecond,
        (contestant) => [
          String(contestant.runs.length),
          ...columns([
            (run) => run.many?.perSecond,
            (run) => run.many?.latencyMs?.p50,
            (run) => run.many?.latencyMs?.p99,
            (run) => run.many?.cpuMs,
            (run) => run.many?.engineCpuMs,
          ])(contestant),
          String(sumOf(contestant.runs, (run) => run.many?.errors)),
          megabytesText(medianOf(contestant.runs, (run) => run.peakMemoryBytes)),
          text((run) => run.firstAnswerMs)(contestant),
        ],
      ),
    },
    {
      title: '4 in flight, closed loop',
      header: ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', 'errors'],
      rows: rowsOf(
        (run) => run.few?.perSecond,
        (contestant) => [
          ...columns([
            (run) => run.few?.perSecond,
            (run) => run.few?.latencyMs?.p50,
            (run) => run.few?.latencyMs?.p99,
            (run) => run.few?.cpuMs,
          ])(contestant),
          String(sumOf(contestant.runs, (run) => run.few?.errors)),
        ],
      ),
    },
    ...evidence.openRatesPerSecond.map((rate) => ({
      title: `${rate}/s, open loop`,
      header: ['', 'answered/s', 'p50 ms', 'p99 ms', 'errors'],
      rows: rowsOf(
        (run) => run.open[rate]?.perSecond,
        (contestant) => [
          ...columns([
            (run) => run.open[rate]?.perSecond,
            (run) => run.open[rate]?.latencyMs?.p50,
            (run) => run.open[rate]?.latencyMs?.p99,
          ])(contestant),
          String(sumOf(contestant.runs, (run) => run.open[rate]?.errors)),
        ],
      ),
    })),
    {
      title: 'Flood: 1,000 at once from idle, 50/s going on',
      header: ['', 'served', 'refused', 'failed', 'last answer ms', 'normal p99 ms', 'back after ms'],
      rows: rowsOf(
        (run) => run.flood?.flood.served,
        columns([
          (run) => run.flood?.flood.served,
          (run) => run.flood?.flood.refused,
          (run) => run.flood?.flood.failed,
          (run) => run.flood?.lastAnswerMs,
          (run) => run.flood?.calmP99Ms,
          (run) => run.flood?.backAfterMs ?? (run.flood && Infinity),
        ]),
      ),
    },
    ratioTable(evidence),
    {
      title: 'Audit',
      header: ['', 'acknowledged', 'lost', 'stored without a 200', 'never sent'],
      rows: contestants.map(({ name, runs: own }) => [
        name,
        ...(['acknowledged', 'lost', 'storedUnacknowledged', 'neverSent'] as const).map((column) =>
          String(sumOf(own, ({ audit }) => audit[column])),
        ),
      ]),
    },
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: judgeClaims(evidence).map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function ratioTable({ peerPairs, limitPairs, openRatesPerSecond }: Evidence): Table {
  const pairs = [...peerPairs, ...limitPairs];
  const figures: readonly (readonly [string, Figure])[] = [
    ['requests/s at 32', (run) => run.many?.perSecond],
    ['p99 at 32', (run) => run.many?.latencyMs?.p99],
    ['CPU at 32', (run) => run.many?.cpuMs],
    ['requests/s at 4', (run) => run.few?.perSecond],
    ...openRatesPerSecond.map(
      (rate) => [`p99 at ${rate}/s`, (run: ContestantRun) => run.open[rate]?.latencyMs?.p99] as const,
    ),
    ['peak memory', (run) => run.peakMemoryBytes],
    ['first answer', (run) => run.firstAnswerMs],
  ];
  const cell = (own: readonly Pair[], figure: Figure) => {
    const ratio = ratioOf(own, figure);
    return ratio === null ? '–' : ratioText(ratio);
  };
  return {
    title: 'spillway / other, median over pairs (least–most)',
    header: ['', ...figures.map(([name]) => name)],
    rows: [...new Set(pairs.map(({ other }) => other.name))].map((name) => [
      name,
      ...figures.map(([, figure]) =>
        cell(
          pairs.filter(({ other }) => other.name === name),
          figure,
        ),
      ),
    ]),
  };
}

function sumOf(runs: readonly ContestantRun[], figure: Figure): number {
  return runs.reduce((sum, run) => sum + (figure(run) ?? 0), 0);
}
