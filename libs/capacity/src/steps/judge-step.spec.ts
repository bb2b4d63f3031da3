import { simulateAnswers, stepRecord, targets } from '../__fixtures__/simulated-stage.ts';
import { judgeStep } from './judge-step.ts';
import { measureStep } from './measure-step.ts';
import type { Measurement } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';

const none = { refused: 0, throttled: 0, failed: 0, timeout: 0, connectionError: 0 };

/** A measurement of `judged` answers at 250/s over 4 s with so many bad ones, all else in order. */
function measured(judged: number, bad: number, changes: Partial<Measurement> = {}): Measurement {
  return {
    offeredPerSecond: 250,
    goodputPerSecond: 250,
    judged,
    setAside: 0,
    outcomes: { acknowledged: judged - bad, ...none, failed: bad },
    slow: 0,
    bad,
    badRatio: judged === 0 ? 0 : bad / judged,
    badRatioLower: ratioLowerBound(bad, judged),
    badRatioUpper: ratioUpperBound(bad, judged),
    effectiveSamples: judged,
    latencyMs: { p50: 10, p90: 20, p99: 30, p999: 40, max: 50 },
    inFlightSlopePerSecond: 0,
    inFlightGrows: false,
    inFlightSlopeUpperPerSecond: 0.5,
    latenessP99Ms: 1,
    badRatioLowerSinceSend: ratioLowerBound(bad, judged),
    ...changes,
  };
}

const verdictOf = (measurement: Measurement, record: Partial<StepRecord> = {}): string => {
  const { verdict, inconclusive } = judgeStep(stepRecord(record), measurement, targets);
  return inconclusive === null ? verdict : `inconclusive: ${inconclusive}`;
};

const generator = stepRecord().generator;

describe('judgeStep', () => {
  it.each([
    ['298 good answers don’t show 1 %', 298, 0, 'inconclusive: samples'],
    ['299 do', 299, 0, 'pass'],
    ['472 with one bad don’t', 472, 1, 'inconclusive: samples'],
    ['473 do', 473, 1, 'pass'],
    ['15 bad of 1,000 are too few to fail', 1000, 15, 'inconclusive: samples'],
    ['17 are enough', 1000, 17, 'fail'],
  ])('%s', (_reason, judged, bad, verdict) => {
    expect(verdictOf(measured(judged, bad))).toBe(verdict);
  });

  it.each([
    [
      'one 429 with the throttle lifted',
      { outcomes: { acknowledged: 999, ...none, throttled: 1 } },
      'inconclusive: throttled',
    ],
    ['a backlog that grows by over 1 %', { inFlightGrows: true, inFlightSlopePerSecond: 2.6 }, 'fail'],
    ['a backlog that grows by less', { inFlightGrows: true, inFlightSlopePerSecond: 2.4 }, 'pass'],
    ['a backlog that may grow by over 5 %', { inFlightSlopeUpperPerSecond: 12.6 }, 'inconclusive: samples'],
    ['one that can’t', { inFlightSlopeUpperPerSecond: 12.4 }, 'pass'],
    ['no bound of the drift', { inFlightSlopeUpperPerSecond: null }, 'inconclusive: samples'],
    ['a record of before it was bounded', { inFlightSlopeUpperPerSecond: undefined }, 'pass'],
    ['goodput under 0.9', { goodputPerSecond: 224 }, 'fail'],
    ['goodput under 0.99', { goodputPerSecond: 240 }, 'inconclusive: samples'],
    ['a quarter set aside', { setAside: 333 }, 'pass'],
    ['more than that', { setAside: 334 }, 'inconclusive: host'],
    ['a generator 50 ms late', { latenessP99Ms: 50 }, 'pass'],
    ['a later one', { latenessP99Ms: 51 }, 'inconclusive: generator'],
  ] satisfies [string, Partial<Measurement>, string][])('%s', (_reason, changes, verdict) => {
    expect(verdictOf(measured(1000, 0, changes))).toBe(verdict);
  });

  it('calls bad answers in clumps correlated', () => {
    const clumped = { effectiveSamples: 100, badRatioLower: 0.001, badRatioUpper: 0.05 };
    expect(verdictOf(measured(1000, 12, clumped))).toBe('inconclusive: correlated');
  });

  it.each([
    ['requests not sent', { intended: 500, sent: 499 }],
    ['sockets run out', { generator: { ...generator, socketCapHit: true } }],
  ])('is inconclusive with %s', (_reason, record) => {
    expect(verdictOf(measured(1000, 0), record)).toBe('inconclusive: generator');
  });

  it('fails despite a late generator only when answers are bad since their actual send', () => {
    const late = { latenessP99Ms: 300 };
    expect(verdictOf(measured(1000, 100, late))).toBe('fail');
    expect(verdictOf(measured(1000, 100, { ...late, badRatioLowerSinceSend: 0 }))).toBe(
      'inconclusive: generator',
    );
  });

  it('fails despite stalls only when it would with every answer set aside a good one', () => {
    expect(verdictOf(measured(500, 100, { setAside: 500 }))).toBe('fail');
    expect(verdictOf(measured(500, 10, { setAside: 1500 }))).toBe('inconclusive: host');
  });

  it('has nothing to judge in an empty step, and says why', () => {
    expect(verdictOf(measured(0, 0))).toBe('inconclusive: samples');
    expect(verdictOf(measured(0, 0, { setAside: 9 }))).toBe('inconclusive: host');
    expect(verdictOf(measured(0, 0), { sent: 0 })).toBe('inconclusive: generator');
  });

  it('judges what was admitted where the limits apply', () => {
    const applied = { limits: 'applied', purpose: 'replay' } as const;
    const throttled = { acknowledged: 600, ...none, throttled: 400 };
    expect(verdictOf(measured(1000, 400, { outcomes: throttled, goodputPerSecond: 150 }), applied)).toBe(
      'pass',
    );
    const failed = { ...throttled, acknowledged: 590, failed: 10 };
    expect(verdictOf(measured(1000, 410, { outcomes: failed, goodputPerSecond: 150 }), applied)).toBe('fail');
  });

  it('passes with five blocks free of stalls, and asks for a longer hold with four', () => {
    const atMs = (block: number) => ({ startMs: 1000 + 400 * block + 10, endMs: 1000 + 400 * block + 70 });
    const judgedWith = (stalled: number) => {
      const record = stepRecord({
        arrivals: { kind: 'constant', ratePerSecond: 1000 },
        host: { busyRatio: 0.5, stalls: Array.from({ length: stalled }, (_, block) => atMs(block)) },
      });
      const answers = simulateAnswers(
        { servers: 50, capacityPerSecond: 100_000, service: 'uniform' },
        record,
        1,
      );
      const sent = { ...record, intended: answers.count, sent: answers.count };
      return judgeStep(sent, measureStep(sent, answers, targets), targets);
    };
    expect(judgedWith(5).verdict).toBe('pass');
    expect(judgedWith(6)).toEqual({
      verdict: 'inconclusive',
      inconclusive: 'host',
      reasons: ['too few undisturbed blocks to bound the drift of the requests in flight: hold longer'],
    });
  });

  it('judges a burst by its share of bad answers', () => {
    const burst: Partial<StepRecord> = { arrivals: { kind: 'burst', requests: 100, withinMs: 50 } };
    expect(verdictOf(measured(100, 1), burst)).toBe('pass');
    expect(verdictOf(measured(100, 2), burst)).toBe('fail');
    expect(verdictOf(measured(10, 0, { setAside: 90 }), burst)).toBe('inconclusive: host');
  });

  it('gives its reasons in sentences with the numbers', () => {
    const { reasons } = judgeStep(stepRecord(), measured(1000, 17), targets);
    expect(reasons).toEqual([
      'at least 1.09 % of the answers are bad (95 % bound; 17 of 1000), more than 1 %',
    ]);
  });
});
