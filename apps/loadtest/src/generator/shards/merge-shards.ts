import { ANSWERS_HEADER, outcomes, type Answers } from '@spillway/capacity';
import { readAnswers } from '../answers-file.ts';
import type { GeneratorReport } from '../generator-report.ts';
import { percentileOf } from '../self-measurement.ts';
import { inFlightMaxOf } from './in-flight-max.ts';
import { ShardError } from './shard-error.ts';
import type { RecordedShard } from './shard-record.ts';
import { sequenceOf } from './shard.ts';
import { uniteStalls } from './unite-stalls.ts';

/** A step put together from its shards: what one generator would have left, had it sent all. */
export interface MergedStep {
  readonly report: GeneratorReport;
  readonly answers: Answers;
  /** Text of the answers file. Of an interrupted step it can lack sequences: shards stop each on its own. */
  readonly text: string;
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
  const rows = ordered.map((shard) => rowsOf(stepName, shard));
  const sequences: number[] = [];
  const dense = [ANSWERS_HEADER];
  const named = [ANSWERS_HEADER];
  for (let row = 0; row < Math.max(...rows.map(({ length }) => length)); row += 1) {
    for (const shard of ordered) {
      const cells = rows[shard.index]?.[row];
      if (cells === undefined) continue;
      const sequence = sequenceOf(row, shard);
      dense.push(`${sequences.length},${cells}`);
      named.push(`${sequence},${cells}`);
      sequences.push(sequence);
    }
  }
  const merged = readAnswers(`${dense.join('\n')}\n`, `step ${stepName}`, sequences.length);
  const isGapless = sequences.length === 0 || sequences.at(-1) === sequences.length - 1;
  return {
    report: mergeReports(ordered, merged),
    answers: isGapless ? merged : { ...merged, sequence: Uint32Array.from(sequences) },
    text: `${named.join('\n')}\n`,
  };
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

/** Rows of one shard without their own numbers. */
function rowsOf(stepName: string, { index, answers, report }: RecordedShard): string[] {
  // Whole and in its own order, before any row gets another number.
  readAnswers(answers, `step ${stepName}, shard ${index}`, report.sent);
  return answers
    .split('\n')
    .slice(1, -1)
    .map((row) => row.slice(row.indexOf(',') + 1));
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
