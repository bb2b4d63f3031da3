import type { RunRecord } from '@spillway/capacity';
import { countText, millisecondsText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, type ChartOption } from './chart-frame.ts';
import { categoryAxis, frame, isDrawable, valueAxis } from './chart-parts.ts';
import { countLines, countsOfStep, layersIn } from './outcome-layers.ts';

/** Bursts by size, and what became of their requests, stacked; `null` without bursts. */
export function burstChart({ steps }: RunRecord): Html | null {
  const bursts = steps
    .flatMap(({ record, measurement, judgement }) => {
      const { arrivals, purpose } = record;
      if (purpose !== 'burst' || arrivals.kind !== 'burst' || !isDrawable(measurement.judged)) return [];
      const counts = countsOfStep(measurement);
      const p99Ms = measurement.latencyMs?.p99 ?? null;
      return [{ name: record.name, requests: arrivals.requests, verdict: judgement.verdict, counts, p99Ms }];
    })
    .sort((a, b) => a.requests - b.requests);
  if (bursts.length === 0) return null;

  const layers = layersIn(bursts.map(({ counts }) => counts));
  const words = {
    id: 'bursts',
    title: 'Bursts from idle',
    description: `${bursts.length} bursts by size and what became of their requests: ${layers.map(({ name }) => name).join(', ')}. The table has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(
      drawing,
      [],
      layers.map(({ name }) => name),
    ),
    xAxis: categoryAxis(
      'requests at once',
      bursts.map(({ requests }) => countText(requests)),
    ),
    yAxis: { ...valueAxis('requests judged', 'y'), min: 0 },
    series: layers.map(({ key, name, color }) => ({
      name,
      type: 'bar',
      stack: 'outcomes',
      barMaxWidth: 56,
      itemStyle: { color },
      data: bursts.map(({ counts }) => counts[key]),
    })),
  });
  const hits = bursts.map(({ name, verdict, counts, p99Ms }, index) => ({
    kind: 'category' as const,
    index,
    lines: [`${name}, ${verdict}`, ...countLines(counts), `p99: ${millisecondsText(p99Ms)} ms`],
  }));
  return drawChart(words, option, hits);
}
