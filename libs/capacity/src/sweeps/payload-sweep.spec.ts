import { judgedStep, stageMetrics } from '../__fixtures__/judged-step.ts';
import { profiles } from '../__fixtures__/simulated-search.ts';
import type { JudgedStep } from '../run-record.ts';
import { nextPayloadStep, payloadSweepOf, planPayloadSweep, type PayloadSweepPlan } from './payload-sweep.ts';

const search = profiles.quick;
const estimate = { conclusive: true, lowerPerSecond: 900, upperPerSecond: 1000, reasons: [] };
const own = { payloadBytes: 1024, itemBytes: 1046, estimate };
const sizes = [256, 1024, 1025, 16_384].map((payloadBytes) => ({
  payloadBytes,
  itemBytes: payloadBytes + 22,
}));
const settings = { search, budgetMs: 300_000, tableWriteUnitsPerSecond: 4000 };

function plan(changes: Partial<PayloadSweepPlan> = {}): PayloadSweepPlan {
  return { ...planPayloadSweep(sizes, own, settings)!, ...changes };
}

const discovery = [
  judgedStep(900, 'pass', { payloadBytes: 1024, stage: stageMetrics({ consumedWriteUnits: 2000 }) }),
];

/** Sweeps a stage that holds 1,000/s less one request/s for each 32 bytes. */
function sweepWith(swept: PayloadSweepPlan, stop = Number.POSITIVE_INFINITY) {
  const history: JudgedStep[] = [...discovery];
  for (;;) {
    const next = nextPayloadStep(history, swept);
    if (next.kind === 'done' || history.length > stop)
      return { history, sweep: payloadSweepOf(history, swept) };
    const { payloadBytes, ratePerSecond, warmUpMs, holdMs } = next;
    const isHeld = ratePerSecond <= 1000 - payloadBytes / 32;
    const stage = stageMetrics({ consumedWriteUnits: 1000 * Math.ceil((payloadBytes + 22) / 1024) });
    history.push(
      judgedStep(ratePerSecond, isHeld ? 'pass' : 'fail', {
        ...{ purpose: 'payload-sweep', payloadBytes, warmUpMs, holdMs, stage },
      }),
    );
  }
}

const spentMs = (steps: readonly JudgedStep[]) =>
  steps
    .filter(({ record }) => record.purpose === 'payload-sweep')
    .reduce((sum, { record }) => sum + record.warmUpMs + record.holdMs, 0);

describe('planPayloadSweep', () => {
  it('has each size once and ascending, the own size among them', () => {
    const { sizes: planned } = planPayloadSweep([...sizes, ...sizes].reverse(), own, settings)!;
    expect(planned.map(({ payloadBytes }) => payloadBytes)).toEqual([256, 1024, 1025, 16_384]);
  });

  it('is none without a rate to start from', () => {
    const found = { ...estimate, conclusive: false, lowerPerSecond: null };
    expect(planPayloadSweep(sizes, { ...own, estimate: found }, settings)).toBeNull();
  });
});

describe('nextPayloadStep', () => {
  it('brackets what the stage holds at each size, and takes the own size from discovery', () => {
    const { sweep, history } = sweepWith(plan());
    expect(sweep.points.map(({ payloadBytes }) => payloadBytes)).toEqual([256, 1024, 1025, 16_384]);
    for (const { payloadBytes, lowerPerSecond, upperPerSecond } of sweep.points) {
      const truth = 1000 - payloadBytes / 32;
      expect(lowerPerSecond).toBeLessThanOrEqual(truth);
      expect(upperPerSecond).toBeGreaterThanOrEqual(truth);
      expect((upperPerSecond ?? 0) / (lowerPerSecond ?? 1)).toBeLessThanOrEqual(1.25);
    }
    expect(
      history.some(({ record }) => record.purpose === 'payload-sweep' && record.payloadBytes === 1024),
    ).toBe(false);
    expect(sweep.reasons).toEqual([]);
  });

  it('starts below what the size below held, and within what the table takes', () => {
    const first = nextPayloadStep(discovery, plan());
    expect(first).toMatchObject({ kind: 'measure', payloadBytes: 256, ratePerSecond: 720 });
    const narrow = nextPayloadStep(
      discovery,
      plan({ sizes: sizes.slice(1), tableWriteUnitsPerSecond: 1000 }),
    );
    // 0.8 × 1,000 write units/s / 2 for an item of 1,047 bytes.
    expect(narrow).toMatchObject({ payloadBytes: 1025, ratePerSecond: 400 });
  });

  it('counts one write unit for 1,024 bytes and two for 1,025 (F43), by rule and by metric', () => {
    const exact = [1002, 1003].map((payloadBytes) => ({ payloadBytes, itemBytes: payloadBytes + 22 }));
    const { sweep } = sweepWith(planPayloadSweep(exact, own, settings)!);
    expect(
      sweep.points.map(({ writeUnits, measuredWriteUnits }) => [writeUnits, measuredWriteUnits]),
    ).toEqual([
      [1, 1],
      [2, 2],
      [2, 2],
    ]);
  });

  it('keeps within its budget, whatever the sizes take', () => {
    for (const budgetMs of [0, 20_000, 60_000, 300_000]) {
      const { history } = sweepWith(plan({ budgetMs }));
      expect(spentMs(history)).toBeLessThanOrEqual(budgetMs);
    }
  });

  it('leaves what a size saves to the sizes after it', () => {
    const { history } = sweepWith(plan({ budgetMs: 90_000 }));
    const last = history.filter(({ record }) => record.payloadBytes === 16_384);
    expect(spentMs(last)).toBeGreaterThan(0);
  });
});

describe('payloadSweepOf', () => {
  it('keeps what a sweep that was cut short has found, and names what is missing', () => {
    const { sweep } = sweepWith(plan(), 4);
    expect(sweep.points.map(({ payloadBytes }) => payloadBytes)).toEqual([256, 1024]);
    expect(sweep.reasons.join('\n')).toMatch(/256 B is inconclusive/);
    expect(sweep.reasons).toContain('1025 B was not measured');
    expect(sweep.reasons).toContain('16384 B was not measured');
  });

  it('has no measured write units where the metrics hold other steps as well, and says so', () => {
    const window = {
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:01:00.000Z',
      periodSeconds: 60,
    };
    const shared = discovery.map((step) => ({
      ...step,
      record: { ...step.record, stage: step.record.stage && { ...step.record.stage, window } },
    }));
    const sweep = payloadSweepOf(shared, plan());
    expect(sweep.points.map(({ measuredWriteUnits }) => measuredWriteUnits)).toEqual([null]);
    expect(sweep.reasons).toContain(
      "write units by rule alone: the stage's metrics have periods of 60 s, which hold other steps as well",
    );
    expect(payloadSweepOf(discovery, plan()).reasons.join()).not.toMatch(/by rule alone/);
  });

  it('has no measured write units where the table counts none', () => {
    const step = judgedStep(900, 'pass', {
      payloadBytes: 1024,
      stage: stageMetrics({ consumedWriteUnits: null }),
    });
    expect(payloadSweepOf([step], plan()).points[0]).toMatchObject({
      measuredWriteUnits: null,
      writeUnits: 2,
    });
  });
});
