import { outcomesOverTime, type Answers, type RunRecord } from '@spillway/capacity';
import { countText, rateText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { numbers, table } from '../sections/section.ts';
import { drawChart, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, valueAxis } from './chart-parts.ts';
import {
  countLines,
  countsOfBin,
  layersIn,
  outcomeLayers,
  type OutcomeCounts,
  type OutcomeKey,
} from './outcome-layers.ts';
import {
  clockText,
  phaseBands,
  phasesOf,
  roundSeconds,
  runClock,
  timeAxis,
  type RunClock,
} from './run-clock.ts';

/** Bins that still read as bars on a desk. */
const MOST_BINS = 180;

interface Bin {
  readonly fromSeconds: number;
  readonly counts: OutcomeCounts;
}

/** Requests by what became of them, over the whole run, stacked; `null` without answers. */
export function outcomesChart(run: RunRecord, answersByStep: ReadonlyMap<string, Answers>): Html | null {
  const clock = runClock(run);
  if (clock === null) return null;
  const binSeconds = roundSeconds(clock.endSeconds, MOST_BINS);
  const bins = binsOf(run, answersByStep, clock, binSeconds);
  if (bins.length === 0) return null;

  const layers = layersIn(bins.map(({ counts }) => counts));
  const words = {
    id: 'outcomes',
    title: 'Outcomes over time',
    description: `Requests by the instant they were due, in bins of ${binSeconds} s, by what became of them: ${layers.map(({ name }) => name).join(', ')}. The table below has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(
      drawing,
      [],
      layers.map(({ name }) => name),
    ),
    xAxis: timeAxis(clock, drawing.narrow),
    yAxis: { ...valueAxis('requests/s', 'y'), min: 0, boundaryGap: [0, '12%'] },
    series: [
      // Painted from the whole down, so that each layer is seen above the ones below it.
      ...[...layers].reverse().map(({ name, color }, index) => ({
        name,
        type: 'line',
        step: 'end',
        symbol: 'none',
        // The legend shows it.
        itemStyle: { color },
        lineStyle: { width: 0 },
        areaStyle: { color, opacity: 1 },
        data: outlineOf(bins, layers.slice(0, layers.length - index), binSeconds),
        z: 2 + index,
      })),
      { type: 'line', data: [], z: 1, markArea: phaseBands(phasesOf(run, clock), clock, drawing.width) },
    ],
  });
  const hits = bins.map(({ fromSeconds, counts }) => ({
    kind: 'column' as const,
    fromX: fromSeconds,
    toX: Math.min(clock.endSeconds, fromSeconds + binSeconds),
    lines: [spanName(fromSeconds, binSeconds), ...countLines(counts)],
  }));
  const columns = [
    { heading: 'from', kind: 'text' },
    ...outcomeLayers.map(({ name }) => ({ heading: name, kind: 'figure' }) as const),
  ] as const;
  const rows = bins.map(({ fromSeconds, counts }) => [
    clockText(fromSeconds),
    ...outcomeLayers.map(({ key }) => countText(counts[key])),
  ]);
  return html`${drawChart(words, option, hits, 'full')}
  ${numbers(`Requests in each ${rateText(binSeconds)} s`, table('Outcomes over time', columns, rows))}`;
}

function binsOf(
  run: RunRecord,
  answersByStep: ReadonlyMap<string, Answers>,
  { startMs, endSeconds }: RunClock,
  binSeconds: number,
): Bin[] {
  const started = run.steps.flatMap(({ record }) => {
    const answers = answersByStep.get(record.name);
    if (answers === undefined || record.purpose === 'calibration') return [];
    return [{ startMs: Date.parse(record.startedAt) - startMs, answers }];
  });
  return outcomesOverTime(started, binSeconds * 1000, run.targets.latencyMs)
    .map((bin) => ({ fromSeconds: bin.startMs / 1000, counts: countsOfBin(bin) }))
    .filter(({ fromSeconds }) => fromSeconds >= 0 && fromSeconds < endSeconds && isDrawable(fromSeconds));
}

/** Upper edge of some layers together, requests/s; down to 0 where a bin has no neighbour. */
function outlineOf(
  bins: readonly Bin[],
  layers: readonly { readonly key: OutcomeKey }[],
  binSeconds: number,
): [number, number][] {
  return bins.flatMap(({ fromSeconds, counts }, index) => {
    const perSecond = layers.reduce((sum, { key }) => sum + counts[key], 0) / binSeconds;
    const toSeconds = fromSeconds + binSeconds;
    const next = bins[index + 1]?.fromSeconds;
    const top: [number, number] = [fromSeconds, perSecond];
    return next === toSeconds ? [top] : [top, [toSeconds, 0]];
  });
}

function spanName(fromSeconds: number, binSeconds: number): string {
  return `${clockText(fromSeconds)} to ${clockText(fromSeconds + binSeconds)}`;
}
