import type { Comparison, MetricComparison } from './comparison.ts';
import { metricName, metricText } from './metric-name.ts';

type Compared = Extract<Comparison, { kind: 'compared' }>;

const MARKS = { faster: '+', slower: '-', 'no-difference': '=' } as const;

/** The verdict in one sentence, with the metrics it rests on. */
export function comparisonVerdict({ verdict, metrics }: Compared): string {
  const named = (which: MetricComparison['verdict']): string =>
    metrics
      .filter((metric) => metric.verdict === which)
      .map((metric) => `${metricName(metric.metric)} ${changeText(metric.ratio)}`)
      .join(', ');
  switch (verdict) {
    case 'faster':
      return `B is faster beyond noise: ${named('faster')}.`;
    case 'slower':
      return `B is slower beyond noise: ${named('slower')}.`;
    case 'mixed':
      return `B is slower beyond noise in one thing and faster in another: ${named('slower')}; ${named('faster')}.`;
    case 'no-difference':
      return `No difference beyond noise${smallestDetectable(metrics)}.`;
  }
}

/** A comparison for a terminal, line by line; a refusal with all its reasons. */
export function comparisonText(comparison: Comparison): string {
  if (comparison.kind === 'refused') {
    return ["These runs can't be compared:", ...comparison.reasons.map((reason) => `  ${reason}`)].join('\n');
  }
  const { a, b, metrics, rates, changes, notes } = comparison;
  return [
    `A               ${a.join(', ')}`,
    `B               ${b.join(', ')}`,
    `Changed         ${changes.map(({ what, from, to }) => `${what} ${from} → ${to}`).join(', ') || 'nothing'}`,
    '',
    `  ${row('', 'A', 'B', 'B to A', '95 % interval', 'would find')}`,
    ...metrics.map((metric) => `${MARKS[metric.verdict]} ${row(...metricCells(metric))}`),
    '',
    ...rates.map(
      ({ ratePerSecond, a: ofA, b: ofB }) =>
        `  ${`${ratePerSecond}/s`.padEnd(8)}p50 ${pair(ofA.p50Ms, ofB.p50Ms)}  p99 ${pair(ofA.p99Ms, ofB.p99Ms)}  function ${pair(ofA.durationMs, ofB.durationMs)} ms`,
    ),
    ...(rates.length > 0 ? [''] : []),
    `Verdict         ${comparisonVerdict(comparison)}`,
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}

/** Name, both sides, change, interval of the change, and the smallest change likely to be found. */
export function metricCells(metric: MetricComparison): [string, string, string, string, string, string] {
  return [
    metricName(metric.metric),
    metricText(metric.metric, metric.a),
    metricText(metric.metric, metric.b),
    changeText(metric.ratio),
    `${changeText(metric.ratioLower)} to ${changeText(metric.ratioUpper)}`,
    changeText(metric.detectableRatio),
  ];
}

/** Beyond this, which is no result, the figure does not matter. */
const LARGEST_FACTOR = 1000;

/** A ratio as a change: 1.2 is `+20 %`; from double or half on as a factor: `× 2.5`. */
export function changeText(ratio: number): string {
  if (ratio > LARGEST_FACTOR) return `over × ${LARGEST_FACTOR}`;
  if (ratio < 1 / LARGEST_FACTOR) return `under × ${1 / LARGEST_FACTOR}`;
  if (ratio >= 2 || ratio <= 0.5) return `× ${Number(ratio.toPrecision(2))}`;
  const percent = 100 * (ratio - 1);
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  const text = Math.abs(percent).toFixed(digits);
  const sign = Number(text) === 0 ? '±' : percent > 0 ? '+' : '−';
  return `${sign}${Number(text)} %`;
}

/** Two figures side by side, three digits; a dash where there is none. */
export function pair(a: number | null, b: number | null): string {
  const text = (value: number | null): string => (value === null ? '–' : `${Number(value.toPrecision(3))}`);
  return `${text(a)} → ${text(b)}`;
}

function smallestDetectable(metrics: readonly MetricComparison[]): string {
  const [sharpest] = [...metrics].sort((one, other) => one.detectableRatio - other.detectableRatio);
  if (sharpest === undefined) return '';
  return `; a change of ${changeText(sharpest.detectableRatio)} in ${metricName(sharpest.metric)} would be found 8 times in 10, smaller ones less often`;
}

function row(
  name: string,
  a: string,
  b: string,
  change: string,
  interval: string,
  detectable: string,
): string {
  return `${name.padEnd(18)}${a.padStart(9)}${b.padStart(9)}${change.padStart(10)}${interval.padStart(20)}${detectable.padStart(11)}`;
}
