import fc from 'fast-check';
import { comparedRun, noisyRun, simulatedRun, type NoisySystem } from '../__fixtures__/compared-run.ts';
import { judgedStep } from '../__fixtures__/judged-step.ts';
import { compareRuns } from './compare-runs.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { comparisonText } from './comparison-text.ts';
import type { Comparison, RunEvidence } from './comparison.ts';

type MakeRun = (system: NoisySystem, seed: number) => RunEvidence;

/** One comparison of `runs` runs a side, of which every run has a seed of its own. */
function compare(
  runs: number,
  [systemA, systemB]: readonly [NoisySystem, NoisySystem],
  seed: number,
  make: MakeRun = noisyRun,
  earlier = 0,
): Extract<Comparison, { kind: 'compared' }> {
  const take = (system: NoisySystem, count: number, from: number) =>
    Array.from({ length: count }, (_, index) => make(system, 1000 * seed + from + index));
  const comparison = compareRuns({
    a: take(systemA, runs, 0),
    b: take(systemB, runs, 100),
    candidates: take(systemA, earlier, 200).map(({ run }) => run),
    seed,
  });
  if (comparison.kind === 'refused') throw new Error(comparison.reasons.join('; '));
  return comparison;
}

const verdicts = (count: number, of: (seed: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index + 1));
const share = (all: readonly string[], wanted: (verdict: string) => boolean) =>
  all.filter(wanted).length / all.length;

describe('compareRuns on equal systems', () => {
  it.each([
    ['one run a side, noise as assumed', 1, 0.05, 0],
    ['one run a side, little noise', 1, 0.01, 0],
    ['one run a side, ten earlier runs, twice the noise', 1, 0.1, 10],
    ['two a side, noise as assumed', 2, 0.05, 0],
    ['three a side, noise as assumed', 3, 0.05, 0],
    ['three a side, ten earlier runs, three times the noise', 3, 0.15, 10],
    ['five a side, three times the noise', 5, 0.15, 0],
  ])('calls at most one comparison in twenty different: %s', (_name, runs, sdLog, earlier) => {
    const system = { slowness: 1, sdLog };
    const all = verdicts(200, (seed) => compare(runs, [system, system], seed, noisyRun, earlier).verdict);
    expect(share(all, (verdict) => verdict !== 'no-difference')).toBeLessThanOrEqual(0.05);
  });

  it('calls none of twenty different that were simulated request by request', () => {
    const system = { slowness: 1, sdLog: 0.05 };
    const all = verdicts(20, (seed) => compare(3, [system, system], seed, simulatedRun).verdict);
    expect(all.filter((verdict) => verdict !== 'no-difference')).toEqual([]);
  });
});

describe('compareRuns on a system that is 20 % slower', () => {
  const plain = { slowness: 1, sdLog: 0.03 };
  const slow = { slowness: 1.2, sdLog: 0.03 };

  it.each([
    ['three runs a side', 3, 0],
    ['five runs a side', 5, 0],
    ['two a side and ten earlier runs', 2, 10],
  ])('finds it nine times in ten: %s', (_name, runs, earlier) => {
    const all = verdicts(100, (seed) => compare(runs, [plain, slow], seed, noisyRun, earlier).verdict);
    expect(share(all, (verdict) => verdict === 'slower')).toBeGreaterThanOrEqual(0.9);
    expect(share(all, (verdict) => verdict === 'faster' || verdict === 'mixed')).toBe(0);
  });

  it('finds it in the other direction as faster', () => {
    expect(compare(3, [slow, plain], 1).verdict).toBe('faster');
  });

  it('finds it among requests that queue', () => {
    const all = verdicts(10, (seed) => compare(3, [plain, slow], seed, simulatedRun).verdict);
    expect(share(all, (verdict) => verdict === 'slower')).toBeGreaterThanOrEqual(0.9);
  });

  it('does not claim it from one run a side, and says what it would have found', () => {
    const { verdict, metrics, notes } = compare(1, [plain, slow], 1);
    expect(verdict).toBe('no-difference');
    expect(Math.min(...metrics.map(({ detectableRatio }) => detectableRatio))).toBeGreaterThan(1.2);
    expect(notes[0]).toContain('One run a side does not show how much runs of one system differ');
  });

  it('finds twice the latency even with one run a side', () => {
    expect(compare(1, [plain, { slowness: 2, sdLog: 0.03 }], 1).verdict).toBe('slower');
  });
});

describe('compareRuns', () => {
  const plain = { slowness: 1, sdLog: 0.02 };

  it('compares at the rates that all runs measured, well below what they sustain', () => {
    expect(compare(2, [plain, plain], 1).rates.map(({ ratePerSecond }) => ratePerSecond)).toEqual([
      200, 300, 450, 675,
    ]);
  });

  it('gives the same figures again', () => {
    expect(compare(3, [plain, plain], 5)).toEqual(compare(3, [plain, plain], 5));
  });

  it('turns around when the sides are swapped', () => {
    const [a, b] = [noisyRun(plain, 1), noisyRun({ slowness: 1.5, sdLog: 0 }, 2)];
    const forth = compareRuns({ a: [a], b: [b], candidates: [], seed: 1 });
    const back = compareRuns({ a: [b], b: [a], candidates: [], seed: 1 });
    if (forth.kind === 'refused' || back.kind === 'refused') throw new Error('refused');
    forth.metrics.forEach((metric, index) => {
      expect(metric.ratio * back.metrics[index]!.ratio).toBeCloseTo(1, 9);
      expect(metric.ratioLower * back.metrics[index]!.ratioUpper).toBeCloseTo(1, 1);
    });
  });

  it('names what changed between the systems, and reads the noise of both from earlier runs', () => {
    const changed = { bundle: 'b2', template: 'a'.repeat(64), memorySize: 1024 };
    const of = (seed: number, isNew: boolean) => {
      const { run, answers } = noisyRun(plain, seed);
      return { answers, run: isNew ? { ...run, fingerprint: changed } : run };
    };
    const comparison = compareRuns({
      a: [of(1, false)],
      b: [of(2, true)],
      candidates: [3, 4, 5, 6].map((seed) => of(seed, seed > 4).run),
      seed: 1,
    });
    if (comparison.kind === 'refused') throw new Error('refused');
    expect(comparison.changes).toEqual([{ what: 'function bundle', from: 'b1', to: 'b2' }]);
    expect(comparison.history).toHaveLength(4);
    // Each side and its two earlier runs are one group of three.
    expect(comparison.metrics[0]!.spread.degreesSeen).toBe(4);
  });

  it('reads the noise from a side and one earlier run of its system, and from none of another system', () => {
    const earlierOf = (bundle: string) => {
      const earlier = noisyRun(plain, 3).run;
      const comparison = compareRuns({
        a: [noisyRun(plain, 1)],
        b: [noisyRun(plain, 2)],
        candidates: [{ ...earlier, fingerprint: { ...earlier.fingerprint, bundle } }],
        seed: 1,
      });
      if (comparison.kind === 'refused') throw new Error('refused');
      return { seen: comparison.metrics[0]!.spread.degreesSeen, note: comparison.notes[0] };
    };
    expect(earlierOf('b1')).toEqual({ seen: 1, note: expect.stringContaining('1 earlier run') });
    expect(earlierOf('b2')).toEqual({ seen: 0, note: expect.stringContaining('that spread is assumed') });
  });

  it('refuses runs of the same system on a machine that was busy with something else, and only those', () => {
    const busy = (seed: number, busyRatio: number, bundle: string) => {
      const { run, answers } = noisyRun(plain, seed);
      const steps = run.steps.map((step) => ({
        ...step,
        record: { ...step.record, host: { busyRatio, stalls: [] } },
      }));
      return { answers, run: { ...run, stage: 'local', fingerprint: { ...run.fingerprint, bundle }, steps } };
    };
    const compared = (busyOfB: number, bundle: string) =>
      compareRuns({ a: [busy(1, 0.3, 'b1')], b: [busy(2, busyOfB, bundle)], candidates: [], seed: 1 });
    expect(compared(0.46, 'b1')).toEqual({
      kind: 'refused',
      reasons: [expect.stringMatching(/^At 200\/s the machine was 30 % busy in A and 46 % in B\./)],
    });
    expect(compared(0.44, 'b1').kind).toBe('compared');
    expect(compared(0.46, 'b2').kind).toBe('compared');
  });

  it('leaves latencies out where no rate is common, and says so', () => {
    const a = { run: comparedRun(1, [judgedStep(100, 'pass')]), answers: new Map() };
    const b = { run: comparedRun(2, [judgedStep(130, 'pass')]), answers: new Map() };
    const comparison = compareRuns({ a: [a], b: [b], candidates: [], seed: 1 });
    if (comparison.kind === 'refused') throw new Error('refused');
    expect(comparison.metrics.map(({ metric }) => metric)).toEqual(['sustained-rate', 'goodput']);
    expect(comparison.notes.join(' ')).toContain('latencies are not compared');
  });

  it('takes a run in which nothing failed at its lower end', () => {
    const evidence = (seed: number, estimate: object) => ({
      run: {
        ...noisyRun(plain, seed).run,
        estimate: { conclusive: true, reasons: [], ...estimate } as never,
      },
      answers: new Map(),
    });
    const comparison = compareRuns({
      a: [evidence(1, { lowerPerSecond: 900, upperPerSecond: 1000 })],
      b: [evidence(2, { lowerPerSecond: 2000, upperPerSecond: null })],
      candidates: [],
      seed: 1,
    });
    if (comparison.kind === 'refused') throw new Error('refused');
    const sustained = comparison.metrics.find(({ metric }) => metric === 'sustained-rate')!;
    expect(sustained.b).toBeCloseTo(2000, 6);
    expect(sustained.verdict).toBe('faster');
  });

  it('prints no figure that is none, whatever the runs hold', () => {
    const figure = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(figure, { minLength: 2, maxLength: 6 }), fc.integer(), (slownesses, seed) => {
        const evidence = slownesses.map((slowness, index) => noisyRun({ slowness, sdLog: 0 }, index));
        const comparison = compareRuns({
          a: evidence.slice(0, 1),
          b: evidence.slice(1),
          candidates: [],
          seed,
        });
        if (comparison.kind === 'refused') throw new Error(comparison.reasons.join());
        expect(`${comparisonText(comparison)}${comparisonMarkdown(comparison)}`).not.toMatch(
          /NaN|Infinity|undefined/,
        );
        const figures = comparison.metrics.flatMap(
          ({ a, b, ratio, ratioLower, ratioUpper, detectableRatio }) => [
            ...[a, b, ratio, ratioLower, ratioUpper, detectableRatio],
          ],
        );
        expect(figures.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
