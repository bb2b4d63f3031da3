import { judgedStep, stageMetrics } from '../__fixtures__/judged-step.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import { memoryChoice } from './memory-choice.ts';
import { nextMemoryStep, type MemoryStep, type MemorySweepPlan } from './memory-sweep.ts';

const plan: MemorySweepPlan = {
  memorySizes: [256, 512, 1024],
  ratePerSecond: 500,
  warmUpMs: 1000,
  holdMs: 4000,
  targets,
};

function memoryStep(
  memorySize: number,
  durationMeanMs: number,
  p99UpperMs: number | null,
  verdict: Parameters<typeof judgedStep>[1] = 'pass',
): MemoryStep {
  const step = judgedStep(500, verdict, {
    ...{ purpose: 'memory-sweep', memorySize, stage: stageMetrics({ durationMeanMs }) },
  });
  return { step, p99: { p99Ms: 1, p99UpperMs } };
}

describe('nextMemoryStep', () => {
  it('measures every size once, largest first, at the same rate', () => {
    const history: MemoryStep[] = [];
    const asked: number[] = [];
    for (;;) {
      const next = nextMemoryStep(history, plan);
      if (next.kind === 'done') break;
      expect(next.ratePerSecond).toBe(500);
      asked.push(next.memorySize);
      history.push(memoryStep(next.memorySize, 10, 100));
    }
    expect(asked).toEqual([1024, 512, 256]);
  });

  it('holds for as long as a bound of the p99 needs answers: three times 299', () => {
    const slow = nextMemoryStep([], { ...plan, ratePerSecond: 10 });
    expect(slow).toMatchObject({ holdMs: 89_700 });
    expect(nextMemoryStep([], plan)).toMatchObject({ holdMs: 4000 });
  });

  it('measures a size that proves nothing once more and for longer, not a third time', () => {
    const once = [memoryStep(1024, 10, null, 'inconclusive')];
    expect(nextMemoryStep(once, plan)).toMatchObject({ memorySize: 1024, holdMs: 8000 });
    expect(nextMemoryStep([...once, ...once], plan)).toMatchObject({ memorySize: 512 });
  });

  it('measures a size that passes without a bound of its p99 once more, and one that fails not', () => {
    expect(nextMemoryStep([memoryStep(1024, 10, null)], plan)).toMatchObject({
      memorySize: 1024,
      holdMs: 8000,
    });
    expect(nextMemoryStep([memoryStep(1024, 10, null, 'fail')], plan)).toMatchObject({ memorySize: 512 });
  });
});

describe('memoryChoice', () => {
  it('is the cheapest that meets T, not the smallest', () => {
    // 0.2 + GB-seconds × 0.0000133334 (F72): 256 MB at 90 ms costs 0.502, 512 MB at 40 ms 0.47, 1,024 MB at 30 ms 0.607.
    const steps = [memoryStep(1024, 30, 60), memoryStep(512, 40, 80), memoryStep(256, 90, 180)];
    const { points, chosenMemorySize } = memoryChoice(steps, plan);
    expect(points.map(({ usdPerMillion }) => Number(usdPerMillion?.toFixed(3)))).toEqual([
      0.502, 0.47, 0.607,
    ]);
    expect(chosenMemorySize).toBe(512);
  });

  it('is the smaller of two that cost the same', () => {
    const steps = [memoryStep(512, 20, 80), memoryStep(256, 40, 80)];
    expect(memoryChoice(steps, plan).chosenMemorySize).toBe(256);
  });

  it('is the smaller of two whose costs differ by no more than started milliseconds may make', () => {
    // 512 MB at 20 ms: 10 to 10.5 GB-s; 256 MB from 10.5 GB-s on, that is from 42 ms.
    const chosen = (durationMeanMs: number) =>
      memoryChoice([memoryStep(512, 20, 80), memoryStep(256, durationMeanMs, 80)], plan).chosenMemorySize;
    expect(chosen(41.9)).toBe(256);
    expect(chosen(42.1)).toBe(512);
  });

  it('knows no duration and no cost where the metrics hold other steps as well, and says so', () => {
    const isMinute = memoryStep(512, 20, 80);
    const window = {
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:01:00.000Z',
      periodSeconds: 60,
    };
    const { record } = isMinute.step;
    const step = { ...isMinute.step, record: { ...record, stage: stageMetrics({ window }) } };
    const { points, chosenMemorySize, reasons } = memoryChoice([{ ...isMinute, step }], plan);
    expect(points).toMatchObject([{ durationMeanMs: null, usdPerMillion: null, meetsTarget: true }]);
    expect(chosenMemorySize).toBeNull();
    expect(reasons).toContain(
      "durations and costs are unknown: the stage's metrics have periods of 60 s, which hold other steps as well",
    );
  });

  it('takes a p99 bound of T, and none above', () => {
    const at = memoryChoice([memoryStep(256, 10, 500)], plan);
    const above = memoryChoice([memoryStep(256, 10, 500.1)], plan);
    expect(at.chosenMemorySize).toBe(256);
    expect(above.chosenMemorySize).toBeNull();
    expect(above.reasons.join()).toMatch(/256 MB: p99 is at most 500 ms|no size of/);
  });

  it('takes no size whose step did not pass, and says why', () => {
    const { chosenMemorySize, reasons } = memoryChoice(
      [memoryStep(256, 5, 100, 'fail'), memoryStep(512, 5, null), memoryStep(1024, 30, 60)],
      plan,
    );
    expect(chosenMemorySize).toBe(1024);
    expect(reasons).toContain('256 MB: fail: fail at 500/s');
    expect(reasons).toContain('512 MB: too few answers to bound the p99');
  });

  it('names what was not measured, and a memory that changes nothing', () => {
    const { reasons } = memoryChoice([memoryStep(512, 10, 60), memoryStep(1024, 10.5, 60)], plan);
    expect(reasons).toContain('256 MB was not measured');
    expect(reasons.join()).toMatch(/memory changes nothing here but the price/);
    const varied = memoryChoice([memoryStep(512, 20, 60), memoryStep(1024, 10, 60)], plan);
    expect(varied.reasons.join()).not.toMatch(/changes nothing/);
  });

  it('has no cost and no choice without a duration', () => {
    const blind = { ...memoryStep(512, 10, 60), step: judgedStep(500, 'pass', { memorySize: 512 }) };
    expect(memoryChoice([blind], plan)).toMatchObject({
      chosenMemorySize: null,
      points: [{ usdPerMillion: null }],
    });
  });
});
