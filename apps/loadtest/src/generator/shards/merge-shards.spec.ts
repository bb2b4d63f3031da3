import { AnswersFileError, ANSWERS_HEADER, outcomes, type Outcome } from '@spillway/capacity';
import * as fc from 'fast-check';
import { AnswerLog } from '../answer-log.ts';
import { printAnswers, readAnswers } from '../answers-file.ts';
import type { GeneratorReport } from '../generator-report.ts';
import { percentileOf } from '../self-measurement.ts';
import { inFlightMaxOf } from './in-flight-max.ts';
import { mergeShards, type MergedStep } from './merge-shards.ts';
import { ShardError } from './shard-error.ts';
import type { RecordedShard } from './shard-record.ts';
import { sequenceOf, shareOf, WHOLE, type Shard } from './shard.ts';

const START_AT_MS = Date.parse('2026-11-23T12:00:00.000Z');
const WARM_UP_MS = 50;

/** What became of one request, whoever sent it; whole ms, so that rounding hides nothing. */
interface Fate {
  readonly latenessMs: number;
  readonly latencyMs: number;
  readonly outcome: Outcome;
}

const fates = fc.array(
  fc.record({
    latenessMs: fc.nat(20),
    latencyMs: fc.integer({ min: 20, max: 500 }),
    outcome: fc.constantFrom(...outcomes),
  }),
  { maxLength: 60 },
);

/** The log of whoever sends this shard; `sent`: how far it came. */
function logOf(all: readonly Fate[], shard: Shard, sent = Infinity): AnswerLog {
  const schedule = Float64Array.from(all, (_, i) => i * 10);
  const log = new AnswerLog(shareOf(schedule, shard));
  for (let row = 0; row < Math.min(log.intendedMs.length, sent); row += 1) {
    const { latenessMs, latencyMs, outcome } = all[sequenceOf(row, shard)] as Fate;
    const intendedMs = log.intendedMs[row] as number;
    log.send(intendedMs + latenessMs);
    log.firstByte(row, intendedMs + latencyMs - 1);
    const status = 200 + outcomes.indexOf(outcome);
    log.settle(row, intendedMs + latencyMs, {
      outcome,
      status,
      errorType: outcome === 'failed' ? 'Oops' : '',
    });
  }
  return log;
}

function shardOf(all: readonly Fate[], shard: Shard, sent?: number): RecordedShard {
  const log = logOf(all, shard, sent);
  const answers = Buffer.concat([...printAnswers(log)]);
  const read = readAnswers(answers, 'spec', log.sent);
  const judgedFrom = read.intendedMs.findIndex((intendedMs) => intendedMs >= WARM_UP_MS);
  const judged = judgedFrom < 0 ? [] : read.latenessMs.subarray(judgedFrom);
  const report: GeneratorReport = {
    startedAt: new Date(START_AT_MS).toISOString(),
    intended: log.intendedMs.length,
    sent: log.sent,
    interrupted: log.sent < log.intendedMs.length,
    counts: log.counts(),
    inFlightMax: inFlightMaxOf(read),
    generator: {
      latenessP99Ms: percentileOf(judged, 0.99),
      eventLoopDelayP99Ms: 1 + shard.index,
      cpuRatio: 0.25,
      socketsMax: 10,
      socketCapHit: false,
    },
    host: { busyRatio: 0.5, stalls: [] },
  };
  return { ...shard, planDigest: 'p', startAtMs: START_AT_MS, warmUpMs: WARM_UP_MS, report, answers };
}

function split(all: readonly Fate[], count: number): RecordedShard[] {
  return Array.from({ length: count }, (_, index) => shardOf(all, { index, count }));
}

const textOf = ({ pieces }: MergedStep): string => Buffer.concat([...pieces]).toString();

/** A step of nine requests, all alike. */
const nine = Array.from({ length: 9 }, (): Fate => ({
  latenessMs: 0,
  latencyMs: 30,
  outcome: 'acknowledged',
}));

describe('mergeShards', () => {
  it('makes of any step split among any number of shards the step itself', () => {
    const cases = fc.record({
      all: fates,
      count: fc.integer({ min: 1, max: 7 }),
      order: fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
    });
    fc.assert(
      fc.property(cases, ({ all, count, order }) => {
        const whole = shardOf(all, WHOLE);
        const shards = split(all, count).sort((a, b) => (order[a.index] ?? 0) - (order[b.index] ?? 0));
        const merged = mergeShards('s', shards);
        expect(textOf(merged)).toBe(Buffer.from(whole.answers).toString());
        expect(merged.answers).toEqual(readAnswers(whole.answers, 'spec', whole.report.sent));
        expect(merged.report).toMatchObject({
          ...whole.report,
          generator: { latenessP99Ms: whole.report.generator.latenessP99Ms },
        });
      }),
    );
  });

  it('sums what shards used, and takes the worst of what held them up', () => {
    const [first, second, third] = split(nine, 3) as [RecordedShard, RecordedShard, RecordedShard];
    const host = (busyRatio: number, ...stalls: [number, number][]) => ({
      busyRatio,
      stalls: stalls.map(([startMs, endMs]) => ({ startMs, endMs })),
    });
    const capped = { ...third.report.generator, socketCapHit: true };
    const { report } = mergeShards('s', [
      { ...first, report: { ...first.report, host: host(0.2, [10, 20]) } },
      { ...second, report: { ...second.report, host: host(0.9, [15, 30], [50, 60]) } },
      { ...third, report: { ...third.report, generator: capped } },
    ]);
    expect(report.generator).toMatchObject({
      eventLoopDelayP99Ms: 3,
      cpuRatio: 0.75,
      socketsMax: 30,
      socketCapHit: true,
      shards: 3,
    });
    expect(report.host).toEqual(host(0.9, [10, 30], [50, 60]));
    expect(report.startedAt).toBe('2026-11-23T12:00:00.000Z');
  });

  it('keeps the sequences of an interrupted step, whose shards stopped each on its own', () => {
    const shards = [3, 1, 2].map((sent, index) => shardOf(nine, { index, count: 3 }, sent));
    const merged = mergeShards('s', shards);
    const { answers, report } = merged;
    expect([...(answers.sequence ?? [])]).toEqual([0, 1, 2, 3, 5, 6]);
    expect([...answers.intendedMs]).toEqual([0, 10, 20, 30, 50, 60]);
    expect(report).toMatchObject({ interrupted: true, intended: 9, sent: 6, counts: { acknowledged: 6 } });
    expect(
      textOf(merged)
        .split('\n')
        .map((row) => row.split(',')[0]),
    ).toEqual(['sequence', '0', '1', '2', '3', '5', '6', '']);
  });

  it('merges shards of which some had nothing to send', () => {
    const merged = mergeShards('s', split(nine.slice(0, 2), 5));
    const { report } = merged;
    expect(report).toMatchObject({ intended: 2, sent: 2, interrupted: false });
    expect(textOf(merged).trim().split('\n')).toHaveLength(3);
    expect(textOf(mergeShards('s', split([], 2)))).toBe(`${ANSWERS_HEADER}\n`);
  });

  const three = split(nine, 3) as [RecordedShard, RecordedShard, RecordedShard];
  it.each<[string, RecordedShard[], RegExp]>([
    ['no shard at all', [], /shard none, want each of all once/],
    ['a missing shard', [three[0], three[2]], /shard 0, 2, want each of 3 once/],
    ['a missing last shard', [three[0], three[1]], /shard 0, 1, want each of 3 once/],
    ['a shard twice', [three[0], three[1], three[1]], /shard 0, 1, 1, want each of 3 once/],
    ['one shard too many', [...three, { ...three[0], index: 3 }], /shard 0, 1, 2, 3, want each of 3 once/],
    ['a shard of another division', [three[0], three[1], { ...three[2], count: 4 }], /different steps/],
    ['a shard of another start', [three[0], three[1], { ...three[2], startAtMs: 1 }], /different steps/],
    ['a shard of another plan', [three[0], three[1], { ...three[2], planDigest: 'q' }], /different steps/],
    [
      'a shard of a longer step',
      [three[0], three[1], shardOf([...nine, ...nine], { index: 2, count: 3 })],
      /different steps/,
    ],
  ])('refuses %s', (_, shards, message) => {
    const merging = () => mergeShards('s', shards);
    expect(merging).toThrow(ShardError);
    expect(merging).toThrow(message);
    expect(merging).toThrow(/^step s: .*; take the step again$/);
  });

  it('refuses a shard whose answers are not whole', () => {
    const cut = { ...three[1], answers: three[1].answers.subarray(0, -20) };
    expect(() => mergeShards('s', [three[0], cut, three[2]])).toThrow(AnswersFileError);
    expect(() => mergeShards('s', [three[0], cut, three[2]])).toThrow(/^step s, shard 1: /);
  });
});
