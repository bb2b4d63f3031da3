import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeReport, type ReportAnalysis } from './analyze-report.ts';
import { RECORDED, recordedFile, type Recorded } from './__fixtures__/recorded-report.ts';

const slo = { latencyMs: 500, errorRatio: 0.01 };

const recorded = (name: Recorded) =>
  readFileSync(join(__dirname, '__fixtures__', recordedFile(name)), 'utf8');

function analysis(name: Recorded, targets = slo): ReportAnalysis {
  const found = analyzeReport(recorded(name), targets);
  if (found.kind === 'refused') throw new Error(found.found);
  return found;
}

describe('analyzeReport', () => {
  it.each([
    ['1.7.9-plateaus', 'artillery-1', 19.852],
    ['2.0.0-0-plateaus', 'artillery-2', 20],
    ['2.0.10-plateaus', 'artillery-2', 20],
    ['2.0.34-plateaus', 'artillery-2', 20],
  ] as const)(
    'concludes from %s at least the higher of its rates, and leaves the lower open',
    (name, format, rate) => {
      const { conclusion, plateaus, ...rest } = analysis(name);
      expect(rest).toMatchObject({ format, requests: 1040, answers: 1040, windows: 8 });
      expect(conclusion.atLeastPerSecond).toBeCloseTo(rate, 2);
      expect(plateaus.map(({ verdict, timedBy }) => [verdict, timedBy])).toEqual([
        ['open', 'first-byte'],
        ['holds', 'session'],
      ]);
    },
  );

  it('tells a plateau by its counts: 600 answers, none bad, bound at 0.498 %', () => {
    expect(analysis('2.0.34-plateaus').plateaus[1]).toMatchObject({
      ratePerSecond: 20,
      seconds: 30,
      requests: 600,
      answers: { acknowledged: 600, throttled: 0, failed: 0 },
      badAtMost: 0,
      // 1 − 0.05^(1/600): Clopper–Pearson with none bad, in closed form.
      badRatioUpper: expect.closeTo(1 - 0.05 ** (1 / 600), 9),
    });
  });

  it.each([
    ['2.0.34-mixed', /16\/s fails, and no lower rate is proven to hold/],
    ['2.0.0-12-mixed', /16\/s fails, and no lower rate is proven to hold/],
    ['2.0.34-tail', /10\/s fails/],
    ['2.0.34-closed', /5.3\/s fails/],
    ['2.0.34-throttled', /180 of 540 answers are 429: this measured a throttle/],
    ['1.7.9-throttled', /120 of 360 answers are 429: this measured a throttle/],
    ['2.0.34-ramp', /no rate was held for two whole windows in a row/],
    ['2.0.34-two', /no rate was held for two whole windows in a row/],
    ['2.0.34-refused', /of 2 reporting windows none is whole/],
    ['1.7.9-refused', /of 2 reporting windows none is whole/],
    ['2.0.34-nohttp', /no HTTP request was sent/],
    ['1.7.9-nohttp', /no HTTP request was sent/],
  ] as const)('concludes nothing about capacity from %s', (name, why) => {
    const { conclusion } = analysis(name);
    expect(conclusion.atLeastPerSecond).toBeNull();
    expect(conclusion.sentence).toMatch(/^Nothing follows about capacity: /);
    expect(conclusion.sentence).toMatch(why);
  });

  it.each([
    ['2.0.34-cold', /^All 31 answers that failed lie in the first window.*cold start/],
    ['2.0.34-throttled', /^200 of 630 answers are 429.*At 18\/s sent, 12\/s were let through/],
    ['2.0.34-closed', /^213 of 384 virtual users were left out because maxVusers were busy \(F82\)/],
    ['1.7.9-closed', /^214 of 384 virtual users were left out/],
    ['2.0.34-tail', /^21 requests timed out and are missing from the times \(F81\)/],
    ['2.0.34-two', /^125 virtual users sent 250 requests, 2 each \(F82\)/],
    ['2.0.34-ramp', /^3 whole windows, at 5.6\/s to 14.8\/s, are not judged.*a ramp/],
    ['2.0.34-refused', /^No request reached the stage: all 60 ended in a connection error/],
    ['2.0.34-nohttp', /^36 virtual users were started and sent no HTTP request/],
  ] as const)('names what stands out in %s', (name, what) => {
    expect(analysis(name).noteworthy).toContainEqual(expect.stringMatching(what));
  });

  it.each(RECORDED.filter((name) => !name.endsWith('nohttp')))('says what %s can not tell', (name) => {
    const text = analysis(name).unknown.join('\n');
    for (const fact of [/lateness/, /F80/, /F83/, /upper end/, /stored/]) expect(text).toMatch(fact);
  });

  it('finds nothing to stand out in a run without surprises', () => {
    expect(analysis('1.7.9-plateaus').noteworthy).toEqual([]);
  });

  it('judges by the SLO that is asked: what holds at 500 ms fails at 5', () => {
    const { conclusion, plateaus } = analysis('2.0.34-plateaus', { latencyMs: 5, errorRatio: 0.01 });
    expect(conclusion.atLeastPerSecond).toBeNull();
    expect(plateaus.map(({ verdict }) => verdict)).toEqual(['fails', 'fails']);
  });

  it('never offers an upper end: a failing rate is told as a failure that nobody repeated', () => {
    const report = JSON.parse(recorded('2.0.34-plateaus'));
    const last = report.intermediate.at(-1);
    const failing = [0, 1, 2].map((index) => ({
      ...last,
      period: String(Number(last.period) + (index + 1) * 10_000),
      counters: { ...last.counters, 'http.requests': 400, 'http.codes.200': 300, 'http.codes.502': 100 },
    }));
    const found = analyzeReport(
      JSON.stringify({ ...report, intermediate: [...report.intermediate, ...failing] }),
      slo,
    );
    expect(found).toMatchObject({
      conclusion: {
        atLeastPerSecond: 20,
        sentence: expect.stringMatching(
          /at least 20\/s for 30 s .* 40\/s fails in this test, which is no upper end/,
        ),
      },
    });
  });
});
