import fc from 'fast-check';
import { outcomes, type Answers, type Outcome } from '../answers/answers.ts';
import { plainMeasurement } from '../__fixtures__/plain-measurement.ts';
import { simulateAnswers, simulateStep, stepRecord, targets } from '../__fixtures__/simulated-stage.ts';
import { measureStep } from './measure-step.ts';

interface Row {
  readonly atMs: number;
  readonly latencyMs: number;
  readonly latenessMs?: number;
  readonly outcome?: Outcome;
}

function answersOf(rows: readonly Row[]): Answers {
  return {
    count: rows.length,
    intendedMs: Float64Array.from(rows, ({ atMs }) => atMs),
    latenessMs: Float64Array.from(rows, ({ latenessMs = 0 }) => latenessMs),
    latencyMs: Float64Array.from(rows, ({ latencyMs }) => latencyMs),
    outcome: Uint8Array.from(rows, ({ outcome = 'acknowledged' }) => outcomes.indexOf(outcome)),
    status: new Uint16Array(rows.length).fill(200),
  };
}

const calm = Array.from({ length: 100 }, (_, index) => ({ atMs: 1000 + 40 * index, latencyMs: 10 }));

describe('measureStep', () => {
  it('counts the last good latency and the first slow one', () => {
    const rows = [...calm.slice(2), { atMs: 1000, latencyMs: 500 }, { atMs: 1040, latencyMs: 500.1 }];
    const { judged, slow, bad } = measureStep(stepRecord(), answersOf(rows), targets);
    expect({ judged, slow, bad }).toEqual({ judged: 100, slow: 1, bad: 1 });
  });

  it('drops the warm-up and what was intended after the hold', () => {
    const rows = [{ atMs: 999, latencyMs: 9000 }, ...calm, { atMs: 5000, latencyMs: 9000 }];
    expect(measureStep(stepRecord(), answersOf(rows), targets)).toMatchObject({ judged: 100, bad: 0 });
  });

  it('keeps throttled, failed, timed out and broken answers apart', () => {
    const odd = (['throttled', 'failed', 'timeout', 'connection-error', 'refused'] as const).map(
      (outcome, index) => ({ atMs: 1000 + index, latencyMs: 5, outcome }),
    );
    const found = measureStep(stepRecord(), answersOf([...odd, ...calm]), targets);
    expect(found.outcomes).toEqual({
      acknowledged: 100,
      refused: 1,
      throttled: 1,
      failed: 1,
      timeout: 1,
      connectionError: 1,
    });
    expect(found.bad).toBe(5);
  });

  it('sets answers aside that a stall touched, unless no stall explains them', () => {
    const stalled = stepRecord({ host: { busyRatio: 0.5, stalls: [{ startMs: 2000, endMs: 2300 }] } });
    const rows = [
      ...calm.slice(0, 20),
      { atMs: 1900, latencyMs: 700 }, // 100 ms outside the window [2000, 2600]
      { atMs: 1900, latencyMs: 1101 }, // 501 ms outside
      ...calm.slice(60),
    ];
    expect(measureStep(stalled, answersOf(rows), targets)).toMatchObject({ setAside: 1, judged: 61, bad: 1 });
  });

  it('never sets a 429 aside while the throttle is lifted', () => {
    const stalled = stepRecord({ host: { busyRatio: 0.5, stalls: [{ startMs: 900, endMs: 4000 }] } });
    const rows = [{ atMs: 2000, latencyMs: 5, outcome: 'throttled' as const }, ...calm];
    expect(measureStep(stalled, answersOf(rows), targets).outcomes.throttled).toBe(1);
  });

  it('credits a late send in the bound that a late generator cannot explain', () => {
    const rows = calm.map((row) => ({ ...row, latencyMs: 600, latenessMs: 590 }));
    const found = measureStep(stepRecord(), answersOf(rows), targets);
    expect(found.badRatioLower).toBeGreaterThan(0.9);
    expect(found.badRatioLowerSinceSend).toBe(0);
    expect(found.latenessP99Ms).toBe(590);
  });

  it('judges a burst whole, however late its answers come', () => {
    const burst = stepRecord({
      arrivals: { kind: 'burst', requests: 2, withinMs: 50 },
      warmUpMs: 0,
      holdMs: 550,
    });
    const rows = [
      { atMs: 0, latencyMs: 10 },
      { atMs: 25, latencyMs: 3000 },
    ];
    expect(measureStep(burst, answersOf(rows), targets)).toMatchObject({ judged: 2, slow: 1, bad: 1 });
  });

  it('is all zeros without answers', () => {
    const found = measureStep(stepRecord(), answersOf([]), targets);
    expect(found).toMatchObject({
      judged: 0,
      badRatio: 0,
      badRatioLower: 0,
      badRatioUpper: 1,
      latencyMs: null,
    });
  });

  it('sees goodput and in-flight part from the arrivals once the capacity is exceeded', () => {
    const stage = { servers: 4, capacityPerSecond: 500, service: 'uniform' } as const;
    const at = (ratePerSecond: number) =>
      simulateStep(stage, { arrivals: { kind: 'constant', ratePerSecond } }, 3).measurement;
    const below = at(400);
    expect(below.goodputPerSecond / below.offeredPerSecond).toBeCloseTo(1, 2);
    expect(below.inFlightGrows).toBe(false);
    const above = at(550);
    expect(above.goodputPerSecond / above.offeredPerSecond).toBeCloseTo(500 / 550, 1);
    expect(above.inFlightGrows).toBe(true);
    expect(above.inFlightSlopePerSecond).toBeGreaterThan(35);
    expect(above.inFlightSlopePerSecond).toBeLessThan(65);
  });

  // Whole ms as well, so that instants, ends of windows and T meet often.
  const ms = (most: number) =>
    fc.oneof(fc.nat(most), fc.double({ min: 0, max: most, noNaN: true, noDefaultInfinity: true }));
  const rows = fc.array(
    fc.record({
      atMs: ms(6000),
      latencyMs: ms(1500),
      latenessMs: ms(600),
      outcome: fc.constantFrom(...outcomes, 'acknowledged' as const, 'acknowledged' as const),
    }),
    { maxLength: 300 },
  );
  const stalls = fc.array(
    fc.record({ startMs: ms(6000), lengthMs: ms(400) }).map(({ startMs, lengthMs }) => ({
      startMs,
      endMs: startMs + lengthMs,
    })),
    { maxLength: 12 },
  );

  it('is to the last bit what rows, filters and sorted values come to', () => {
    const steps = fc.record({
      rows,
      stalls,
      inOrder: fc.boolean(),
      limits: fc.constantFrom('lifted' as const, 'applied' as const),
      isBurst: fc.boolean(),
    });
    fc.assert(
      fc.property(steps, ({ rows: some, stalls: stood, inOrder, limits, isBurst }) => {
        const answers = answersOf(inOrder ? some.toSorted((a, b) => a.atMs - b.atMs) : some);
        const arrivals = isBurst
          ? { kind: 'burst' as const, requests: 1, withinMs: 50 }
          : { kind: 'constant' as const, ratePerSecond: 100 };
        const record = stepRecord({ arrivals, limits, host: { busyRatio: 0.5, stalls: stood } });
        expect(measureStep(record, answers, targets)).toEqual(plainMeasurement(record, answers, targets));
      }),
    );
  });

  it.each([
    ['in calm', 1, 0],
    ['over its capacity', 1.2, 0],
    ['through forty stalls', 0.9, 40],
  ])('is the same of 20,000 answers of a stage %s', (_, load, count) => {
    const stage = { servers: 4, capacityPerSecond: 4000, service: 'exponential' } as const;
    const arrivals = { kind: 'poisson' as const, ratePerSecond: 4000 * load, seed: 1 };
    const stood = Array.from({ length: count }, (_none, i) => ({ startMs: 130 * i, endMs: 130 * i + 51 }));
    const record = stepRecord({ arrivals, host: { busyRatio: 0.5, stalls: stood } });
    const answers = simulateAnswers(stage, record, 7, stood);
    expect(measureStep(record, answers, targets)).toEqual(plainMeasurement(record, answers, targets));
  });
});
