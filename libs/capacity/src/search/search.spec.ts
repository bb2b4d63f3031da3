import { judgedStep } from '../__fixtures__/judged-step.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import type { JudgedStep } from '../run-record.ts';
import { nextStep } from './search.ts';
import type { SearchSettings } from './search-settings.ts';

const quick: SearchSettings = {
  startPerSecond: 100,
  maxPerSecond: 8000,
  holdMs: 4000,
  warmUpMs: 1000,
  bracketRatio: 0.1,
  repeats: 1,
  discoveryBudgetMs: 90_000,
  targets,
};

type Answer = Parameters<typeof judgedStep>[1];

/** Runs a search against a stage that answers each rate (and each try of it) as told. */
function searchWith(
  answer: (rate: number, tries: number) => Answer,
  settings: Partial<SearchSettings> = {},
  change = (step: JudgedStep) => step,
) {
  const history: JudgedStep[] = [];
  const rates: number[] = [];
  for (;;) {
    const next = nextStep(history, { ...quick, ...settings });
    if (next.kind === 'done') return { estimate: next.estimate, rates, history };
    const rate = next.ratePerSecond;
    const tries = rates.filter((measured) => measured === rate).length + 1;
    rates.push(rate);
    const step = judgedStep(rate, answer(rate, tries), { warmUpMs: next.warmUpMs, holdMs: next.holdMs });
    history.push(change(step));
  }
}

const capacity = (truth: number) => (rate: number) => (rate <= truth ? 'pass' : 'fail');

describe('nextStep', () => {
  it('climbs by half until two steps in a row fail, bisects, and confirms the lower end', () => {
    const { rates, estimate } = searchWith(capacity(700));
    expect(rates.slice(0, 7)).toEqual([100, 150, 225, 338, 507, 761, 1142]);
    expect(rates.at(-1)).toBe(estimate.lowerPerSecond);
    expect(estimate).toMatchObject({ conclusive: true, lowerPerSecond: 687, upperPerSecond: 723 });
  });

  it('holds a step for as long as its bound needs samples', () => {
    const first = nextStep([], { ...quick, startPerSecond: 20 });
    expect(first.kind === 'measure' && (first.holdMs * 20) / 1000).toBeGreaterThanOrEqual(299);
  });

  it('does not believe a lone failure below a pass', () => {
    const { estimate, rates } = searchWith((rate, tries) =>
      rate === 338 && tries === 1 ? 'fail' : capacity(700)(rate),
    );
    expect(rates.filter((rate) => rate === 338).length).toBe(2);
    expect(estimate).toMatchObject({ conclusive: true, lowerPerSecond: 687 });
  });

  it('believes a failure below a pass that stays', () => {
    const { estimate } = searchWith((rate) => (rate === 338 ? 'fail' : capacity(700)(rate)));
    expect(estimate.lowerPerSecond).toBeLessThan(338);
    expect(estimate.upperPerSecond).toBeLessThanOrEqual(338);
  });

  it('repeats a failing upper end before it counts', () => {
    const { rates, estimate } = searchWith((rate, tries) =>
      rate > 600 && rate <= 700 && tries === 1 ? 'fail' : capacity(700)(rate),
    );
    expect(rates.filter((rate) => rate === 621).length).toBeGreaterThan(1);
    expect(estimate.upperPerSecond ?? 0).toBeGreaterThan(700);
  });

  it('goes down where the first rate fails', () => {
    const { estimate } = searchWith(capacity(30));
    expect(estimate.lowerPerSecond ?? 0).toBeLessThanOrEqual(30);
    expect(estimate.lowerPerSecond ?? 0).toBeGreaterThan(20);
  });

  it('finds nothing where nothing passes, and ends', () => {
    expect(searchWith(() => 'fail').estimate).toMatchObject({ conclusive: false, lowerPerSecond: null });
  });

  it('stops at the highest rate worth trying', () => {
    const { rates, estimate } = searchWith(() => 'pass', { maxPerSecond: 400 });
    expect(Math.max(...rates)).toBe(400);
    expect(estimate).toMatchObject({ conclusive: true, lowerPerSecond: 400, upperPerSecond: null });
  });

  it('gives up on a stage whose throttle answers', () => {
    const { rates, estimate } = searchWith((rate) => (rate > 300 ? 'throttled' : 'pass'));
    expect(rates.length).toBeLessThan(8);
    expect(estimate).toMatchObject({ conclusive: false, lowerPerSecond: 225, upperPerSecond: null });
    expect(estimate.reasons.join()).toMatch(/throttled/);
  });

  it('never counts an inconclusive rate as a pass, and holds it longer each time', () => {
    const { history, estimate } = searchWith(
      (rate) => (rate > 600 && rate < 800 ? 'inconclusive' : capacity(700)(rate)),
      { discoveryBudgetMs: 300_000 },
    );
    expect(estimate.lowerPerSecond ?? 0).toBeLessThanOrEqual(600);
    expect(estimate.upperPerSecond ?? 0).toBeGreaterThanOrEqual(800);
    const holds = history.filter(({ judgement }) => judgement.inconclusive === 'samples');
    const longest = Math.max(...holds.map(({ record }) => record.holdMs));
    expect(longest).toBeGreaterThanOrEqual(8000);
  });

  it('looks above an upper end that no hold can decide', () => {
    const undecidable = (step: JudgedStep): JudgedStep => {
      if (step.judgement.verdict !== 'inconclusive') return step;
      const { offeredPerSecond } = step.measurement;
      const drift = {
        inFlightSlopePerSecond: offeredPerSecond,
        inFlightSlopeUpperPerSecond: offeredPerSecond,
      };
      return { ...step, measurement: { ...step.measurement, ...drift } };
    };
    const { estimate, rates } = searchWith(
      (rate, tries) => (rate === 761 && tries > 1 ? 'inconclusive' : capacity(740)(rate)),
      {},
      undecidable,
    );
    expect(rates.filter((rate) => rate === 761).length).toBe(2);
    expect(estimate).toMatchObject({ conclusive: true, lowerPerSecond: 723 });
    expect(estimate.upperPerSecond).toBeLessThan(1000);
  });

  it('confirms the rate below where the lower end passes no more', () => {
    const { estimate, rates } = searchWith(
      (rate, tries) => (rate > 600 && rate <= 700 && tries > 1 ? 'inconclusive' : capacity(700)(rate)),
      { discoveryBudgetMs: 300_000 },
    );
    expect(rates.some((rate) => rate > 600 && rate <= 700)).toBe(true);
    expect(estimate.conclusive).toBe(true);
    expect(estimate.lowerPerSecond).toBeLessThanOrEqual(600);
    expect(estimate.upperPerSecond).toBeGreaterThanOrEqual(700);
  });

  it('keeps within its budget, and says that the lower end is not confirmed', () => {
    const { history, estimate } = searchWith(capacity(700), { discoveryBudgetMs: 30_000 });
    const spent = history.reduce((sum, { record }) => sum + record.warmUpMs + record.holdMs, 0);
    expect(spent).toBeLessThanOrEqual(30_000);
    expect(estimate.conclusive).toBe(false);
  });

  it('takes what may have piled up off the lower end', () => {
    const pass = (slopeUpper: number, holdMs: number): JudgedStep => {
      const step = judgedStep(600, 'pass', { holdMs });
      return { ...step, measurement: { ...step.measurement, inFlightSlopeUpperPerSecond: slopeUpper } };
    };
    const history = [pass(25, 4000), pass(12, 8000), judgedStep(700, 'fail'), judgedStep(700, 'fail')];
    const next = nextStep(history, { ...quick, discoveryBudgetMs: 14_000 });
    expect(next.kind === 'done' && next.estimate).toMatchObject({ conclusive: true, lowerPerSecond: 588 });
  });

  it('is a function of the history alone', () => {
    const { history } = searchWith(capacity(700));
    expect(nextStep(history.slice(0, 5), quick)).toEqual(
      nextStep(structuredClone(history.slice(0, 5)), quick),
    );
  });
});
