import { max, median, min } from 'simple-statistics';
import { handlerNames, type BuiltHandler, type HandlerName } from '../handler/build-handlers.ts';
import type { HandlerUse } from '../handler/handler-use.ts';
import { BATCH_ENTRIES, EARLY_INVOCATIONS, type HandlerRound } from '../handler/measure-handlers.ts';
import { ratioText, type Claim } from './claims.ts';
import { figureText } from './figure-text.ts';
import type { Ratio } from './pairs.ts';
import type { Table } from './table.ts';

/** The least rounds that say anything. */
const ROUNDS_JUDGED = 5;
const MOST_INIT = 1.25;
const MOST_INVOCATION = 1.3;

/** A figure of a handler in each round; null where it was not measured. */
type Figure = (round: HandlerRound, name: HandlerName) => number | null;

const initOf =
  (unit: keyof HandlerUse['init']): Figure =>
  ({ starts, uses }, name) =>
    median([uses[name].init, ...starts.map((start) => start[name])].map((init) => init[unit]));

const figures: readonly { readonly title: string; readonly figure: Figure }[] = [
  { title: 'init ms CPU', figure: initOf('cpuMs') },
  { title: 'init ms', figure: initOf('wallMs') },
  { title: 'first ms CPU', figure: ({ uses }, name) => uses[name].firstCpuMs },
  { title: `next ${EARLY_INVOCATIONS}, ms CPU each`, figure: ({ uses }, name) => uses[name].earlyCpuMs },
  { title: 'warm, ms CPU each', figure: ({ uses }, name) => uses[name].warmCpuMs },
];

/** Each handler by the medians of its rounds; the function's figures over another's, within each round; the claims. */
export function handlerTables(
  handlers: readonly BuiltHandler[],
  rounds: readonly HandlerRound[],
): readonly Table[] {
  const titles = figures.map(({ title }) => title);
  return [
    {
      title: `Medians, rounds: ${rounds.length}`,
      header: ['handler', 'kB', ...titles],
      rows: [
        ...handlers.map(({ name, bytes }) => [
          name,
          (bytes / 1000).toFixed(0),
          ...figures.map(({ figure }) => medianText(rounds.map((round) => figure(round, name)))),
        ]),
        [
          `ingest, an entry of a batch of ${BATCH_ENTRIES}`,
          ...Array.from(titles, () => '–'),
          medianText(rounds.map(batchEntryMs)),
        ],
      ],
    },
    {
      title: 'ingest by comparison: median of the rounds, least and most',
      header: ['over', ...titles],
      rows: handlerNames
        .filter((name) => name !== 'ingest')
        .map((name) => [
          name,
          ...figures.map(({ figure }) => {
            const ratio = ratioOver(rounds, name, figure);
            return ratio === null ? '–' : ratioText(ratio);
          }),
        ]),
    },
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: handlerClaims(rounds).map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
}

/** Judged over the handler that is built alike, by the median of the rounds. */
export function handlerClaims(rounds: readonly HandlerRound[]): readonly Claim[] {
  const claim = (what: string, figure: Figure, most: number): Claim => {
    const wanted = `${what} ≤ ${most} × the smallest handler's`;
    const ratio = ratioOver(rounds, 'smallest', figure);
    if (ratio === null) return { wanted, found: '–', verdict: 'not measured' };
    const holds = ratio.median <= most ? 'met' : 'not met';
    return {
      wanted,
      found: ratioText(ratio),
      verdict: rounds.length < ROUNDS_JUDGED ? 'not measured' : holds,
    };
  };
  return [
    claim('CPU of init', initOf('cpuMs'), MOST_INIT),
    claim('time of init', initOf('wallMs'), MOST_INIT),
    claim('CPU of a warm invocation', ({ uses }, name) => uses[name].warmCpuMs, MOST_INVOCATION),
  ];
}

function ratioOver(rounds: readonly HandlerRound[], other: HandlerName, figure: Figure): Ratio | null {
  const ratios = rounds
    .map((round) => {
      const [ours, theirs] = [figure(round, 'ingest'), figure(round, other)];
      return ours === null || theirs === null || theirs === 0 ? null : ours / theirs;
    })
    .filter((ratio) => ratio !== null);
  if (ratios.length === 0) return null;
  return { median: median(ratios), min: min(ratios), max: max(ratios) };
}

function batchEntryMs({ batch }: HandlerRound): number | null {
  return batch.warmCpuMs === null ? null : batch.warmCpuMs / BATCH_ENTRIES;
}

function medianText(values: readonly (number | null)[]): string {
  const found = values.filter((value) => value !== null);
  return found.length === 0 ? '–' : figureText(median(found));
}
