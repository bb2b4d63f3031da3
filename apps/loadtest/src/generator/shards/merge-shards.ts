import { outcomes, type Answers } from '@spillway/capacity';
import { readAnswers } from '../answers-file.ts';
import type { GeneratorReport } from '../generator-report.ts';
import { percentileOf } from '../self-measurement.ts';
import { inFlightMaxOf } from './in-flight-max.ts';
import { interleaveColumns, interleaveText } from './interleave-answers.ts';
import { ShardError } from './shard-error.ts';
import type { RecordedShard } from './shard-record.ts';
import { uniteStalls } from './unite-stalls.ts';

/** A step put together from its shards: what one generator would have left, had it sent all. */
export interface MergedStep {
  readonly report: GeneratorReport;
  readonly answers: Answers;
  /** The answers file, in pieces. Of an interrupted step it can lack sequences: shards stop each on its own. */
  readonly pieces: Iterable<Uint8Array>;
}

/**
 * N shards → one step, exactly: every request once, in order of its sequence, and times from the one start of all.
 * Lateness is the merged column's own percentile, never one of percentiles; CPU and sockets are the sum, delays and
 * busy cores the worst.
 * @throws ShardError when a shard is missing, there twice, or of another step
 * @throws AnswersFileError when a shard's answers are not whole
 */
export function mergeShards(stepName: string, shards: readonly RecordedShard[]): MergedStep {
  const ordered = inOrder(stepName, shards);
  const parts = ordered.map(({ index, count, answers, report }) => {
    const columns = readAnswers(answers, `step ${stepName}, shard ${index}`, report.sent);
    return { index, count, bytes: answers, columns };
  });
  const answers = interleaveColumns(parts);
  return { report: mergeReports(ordered, answers), answers, pieces: interleaveText(parts) };
}

function inOrder(stepName: string, shards: readonly RecordedShard[]): RecordedShard[] {
  const count = shards[0]?.count ?? 0;
  const ordered = [...shards].sort((a, b) => a.index - b.index);
  const isWhole = ordered.length === count && ordered.every(({ index }, place) => index === place);
  if (!isWhole || count === 0) {
    const found = ordered.map(({ index }) => index).join(', ') || 'none';
    throw incomplete(stepName, `found results of shard ${found}, want each of ${count || 'all'} once`);
  }
  const intended = ordered.reduce((sum, { report }) => sum + report.intended, 0);
  const [{ startAtMs, planDigest, warmUpMs }] = ordered as [RecordedShard];
  const isOneStep = ordered.every(
    (shard) =>
      shard.count === count &&
      shard.startAtMs === startAtMs &&
      shard.planDigest === planDigest &&
      shard.warmUpMs === warmUpMs &&
      shard.report.intended === Math.max(0, Math.ceil((intended - shard.index) / count)),
  );
  if (!isOneStep) throw incomplete(stepName, 'found shards of different steps, want one start and one plan');
  return ordered;
}

function mergeReports(shards: readonly RecordedShard[], answers: Answers): GeneratorReport {
  const reports = shards.map(({ report }) => report);
  const sum = (figure: (report: GeneratorReport) => number) =>
    reports.reduce((all, one) => all + figure(one), 0);
  const most = (figure: (report: GeneratorReport) => number) => Math.max(...reports.map(figure));
  const [{ startAtMs, warmUpMs }] = shards as readonly [RecordedShard];
  const counted = outcomes.map((outcome) => [outcome, sum(({ counts }) => counts[outcome])]);
  const judgedFrom = answers.intendedMs.findIndex((intendedMs) => intendedMs >= warmUpMs);
  const judged = judgedFrom < 0 ? [] : answers.latenessMs.subarray(judgedFrom);
  return {
    startedAt: new Date(startAtMs).toISOString(),
    intended: sum(({ intended }) => intended),
    sent: sum(({ sent }) => sent),
    interrupted: reports.some(({ interrupted }) => interrupted),
    counts: Object.fromEntries(counted) as GeneratorReport['counts'],
    inFlightMax: inFlightMaxOf(answers),
    generator: {
      latenessP99Ms: Math.max(0, percentileOf(judged, 0.99)),
      eventLoopDelayP99Ms: most(({ generator }) => generator.eventLoopDelayP99Ms),
      cpuRatio: sum(({ generator }) => generator.cpuRatio),
      socketsMax: sum(({ generator }) => generator.socketsMax),
      socketCapHit: reports.some(({ generator }) => generator.socketCapHit),
      ...(shards.length > 1 ? { shards: shards.length } : {}),
    },
    host: {
      busyRatio: most(({ host }) => host.busyRatio),
      stalls: uniteStalls(reports.flatMap(({ host }) => host.stalls)),
    },
  };
}

function incomplete(stepName: string, problem: string): ShardError {
  return new ShardError('SHARDS_INCOMPLETE', stepName, `${problem}; take the step again`);
}
