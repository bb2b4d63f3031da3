import type { Answers, RunRecord, Timeline } from '@spillway/capacity';
import { coarseTimeline } from '../charts/coarse-timeline.ts';
import { outcomesChart } from '../charts/outcomes-chart.ts';
import { clockText, runClock } from '../charts/run-clock.ts';
import { concurrencyChart, writeUnitsChart } from '../charts/timeline-charts.ts';
import { countText, rateText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { figure, numbers, section, table, type Column, type Section } from './section.ts';

const columns: readonly Column[] = [
  { heading: 'from', kind: 'text' },
  { heading: 'environments', kind: 'figure' },
  { heading: 'invocations', kind: 'figure' },
  { heading: 'Lambda throttles', kind: 'figure' },
  { heading: 'Lambda errors', kind: 'figure' },
  { heading: 'write units', kind: 'figure' },
  { heading: 'write throttles', kind: 'figure' },
  { heading: 'gateway requests', kind: 'figure' },
  { heading: '4xx', kind: 'figure' },
  { heading: '5xx', kind: 'figure' },
];

/** Only where the stage's way to its table told its throughput. */
const endpointColumn: Column = { heading: 'VPC endpoint, bytes', kind: 'figure' };

/** What clients saw and what the stage's own metrics said, on one clock. */
export function overTimeSection(run: RunRecord, answersByStep: ReadonlyMap<string, Answers>): Section {
  const outcomes = outcomesChart(run, answersByStep);
  const concurrency = concurrencyChart(run);
  const writeUnits = writeUnitsChart(run);
  return section(
    'over-time',
    'Over time',
    outcomes === null && html`<p>Outcomes are not shown: the answers of the steps were not given.</p>`,
    html`<div class="charts">
      ${figure('Outcomes', 'requests by the instant they were due, warm-ups and stalls included', outcomes)}
      ${figure('Execution environments in use', 'the most at once', concurrency)}
      ${figure('DynamoDB write units', 'consumed by the table, from its own metric', writeUnits)}
    </div>`,
    ...missing(run.timeline ?? null, concurrency, writeUnits).map(
      (sentence) => html`<p class="note">${sentence}</p>`,
    ),
    timelineTable(run),
  );
}

function missing(timeline: Timeline | null, concurrency: Html | null, writeUnits: Html | null): string[] {
  if (timeline === null) return ["The stage's own metrics over time were not recorded in this run."];
  return [
    concurrency === null && 'Execution environments in use: the stage published no such metric.',
    writeUnits === null && 'Write units: the stage published no such metric.',
  ].filter((sentence) => sentence !== false);
}

function timelineTable(run: RunRecord): Html | null {
  const clock = runClock(run);
  const timeline = coarseTimeline(run);
  if (clock === null || timeline === null) return null;
  const hasEndpoint = timeline.points.some(({ endpointBytes }) => endpointBytes != null);
  const rows = timeline.points.map((point) => [
    clockText((Date.parse(point.at) - clock.startMs) / 1000),
    ...[
      point.concurrentExecutions,
      point.invocations,
      point.lambdaThrottles,
      point.lambdaErrors,
      point.consumedWriteUnits,
      point.writeThrottleEvents,
      point.gatewayRequests,
      point.gatewayClientErrors,
      point.gatewayServerErrors,
      ...(hasEndpoint ? [point.endpointBytes ?? null] : []),
    ].map(countText),
  ]);
  const caption = `The stage's own metrics in each ${rateText(timeline.periodSeconds)} s`;
  return numbers(caption, table(caption, hasEndpoint ? [...columns, endpointColumn] : columns, rows));
}
