import { fingerprintChanges } from '../evidence/fingerprint-changes.ts';
import type { RunRecord } from '../run-record.ts';
import { comparedMetrics, type MetricComparison } from './comparison.ts';
import { unequallyBusy } from './machine-busy.ts';
import { metricName } from './metric-name.ts';

/** Runs a side from which on the spread is seen well enough. */
const RUNS_WANTED = 3;

interface Compared {
  readonly a: readonly RunRecord[];
  readonly b: readonly RunRecord[];
  readonly rates: readonly number[];
  readonly metrics: readonly MetricComparison[];
  readonly earlier: readonly RunRecord[];
}

/** What limits a comparison, in sentences: whose noise it assumes, what it could not compare, what it can't rule out. */
export function comparisonNotes(compared: Compared): readonly string[] {
  return [
    ...noiseNotes(compared),
    ...orderNotes(compared),
    ...systemNotes(compared),
    ...machineNotes(compared),
    ...rateNotes(compared),
    ...lackingNotes(compared),
  ];
}

function noiseNotes({ a, b, metrics, earlier }: Compared): string[] {
  const fewest = Math.min(a.length, b.length);
  const more = fewest < RUNS_WANTED ? ` Measure ${RUNS_WANTED} or more a side.` : '';
  const seen = Math.max(0, ...metrics.map(({ spread }) => spread.degreesSeen));
  const ownDegrees = a.length + b.length - 2;
  const sources = [
    ...(seen > 0 && ownDegrees > 0 ? ['these runs'] : []),
    ...(seen > ownDegrees
      ? [`${earlier.length} earlier ${earlier.length === 1 ? 'run' : 'runs'} of the same system`]
      : []),
  ];
  const origin =
    sources.length === 0
      ? 'assumed'
      : `read from ${sources.join(', ')} and, unless they show more, an assumption worth five runs`;
  if (ownDegrees > 0) return [`How much runs of one system differ is ${origin}.${more}`];
  return [
    `One run a side does not show how much runs of one system differ: that spread is ${origin}.${more}`,
  ];
}

function orderNotes({ a, b }: Compared): string[] {
  const [startsOfA, startsOfB] = [a, b].map((side) => side.map(({ startedAt }) => Date.parse(startedAt)));
  if (!startsOfA || !startsOfB) return [];
  const isApart =
    Math.max(...startsOfA) < Math.min(...startsOfB) || Math.max(...startsOfB) < Math.min(...startsOfA);
  if (!isApart || a.length + b.length < 3) return [];
  return [
    'All runs of one side came before those of the other: a machine that changed in between looks like a change of the code. Take them in turns.',
  ];
}

function systemNotes({ a, b }: Compared): string[] {
  const [first, second] = [a[0], b[0]];
  if (!first || !second) return [];
  const notes: string[] = [];
  if (fingerprintChanges(first.fingerprint, second.fingerprint).length === 0) {
    notes.push('Both sides are the same system by their fingerprint: what differs is noise, or the machine.');
  }
  if (first.stage === 'local') {
    notes.push('A local stage measures its machine: only runs of one machine can be compared.');
  }
  return notes;
}

function machineNotes({ a, b, rates }: Compared): string[] {
  const busy = unequallyBusy(a, b, rates);
  if (busy === null) return [];
  return [
    `${busy} Where the code does not explain that, something else ran on it and these runs compare the machine: measure again.`,
  ];
}

function rateNotes({ rates, metrics }: Compared): string[] {
  if (rates.length === 0)
    return ['No rate well below saturation was measured in all runs: latencies are not compared.'];
  const isTimed = metrics.some(({ metric }) => metric.startsWith('latency'));
  const list = `${rates.join(', ')}/s`;
  return isTimed ? [`Latency and duration are compared at ${list}: nearer to saturation they swing.`] : [];
}

function lackingNotes({ rates, metrics }: Compared): string[] {
  const lacking = comparedMetrics.filter(
    (metric) => !metrics.some((comparison) => comparison.metric === metric),
  );
  if (lacking.length === 0 || rates.length === 0) return [];
  return [`Not compared, because a run lacks it: ${lacking.map(metricName).join(', ')}.`];
}
