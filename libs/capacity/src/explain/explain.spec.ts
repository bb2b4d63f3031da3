import type { Limits } from '@spillway/throttle';
import { exampleMeasurements, exampleRecommendation } from '../testing/example-run.ts';
import { explainLimits } from './explain.ts';
import type { ExplainInput } from './subject.ts';

/** The sample's numbers, its timeout of five minutes among them. */
const placeholders: Limits = {
  rateLimit: 1000,
  burstLimit: 2000,
  reservedConcurrency: 100,
  memorySize: 1024,
  timeoutSeconds: 300,
};

/** Limits that fit together at 50 ms: 40 busy, 60 more beside their spread. */
const coherent: Limits = {
  ...placeholders,
  rateLimit: 800,
  burstLimit: 60,
  reservedConcurrency: 111,
  timeoutSeconds: 5,
};

const measured: Extract<ExplainInput['evidence'], { kind: 'measured' }> = {
  kind: 'measured',
  runId: 'one',
  stage: 'local',
  measuredAt: '2026-05-12T09:17:01.804Z',
  bound: { by: 'function-cpu', because: 'the duration rose' },
  measurements: exampleMeasurements,
  generator: { achievedRatio: 1, latenessP99Ms: 2 },
  audit: { acknowledged: 1, stored: 1, lost: 0, unknown: 0 },
  fingerprint: { bundle: 'b', template: 'a'.repeat(64), memorySize: 1024 },
};

/** The same evidence, measured with other targets. */
function withTargets(targets: Partial<typeof exampleMeasurements.targets>): ExplainInput['evidence'] {
  const measurements = { ...exampleMeasurements, targets: { ...exampleMeasurements.targets, ...targets } };
  return { ...measured, measurements };
}

const found = (input: ExplainInput) => explainLimits(input).contradictions.map((one) => one.found);
const change = (limits: Limits, durationMs?: number) =>
  explainLimits({ limits, durationMs }).contradictions.map((one) => one.change);

describe('explainLimits', () => {
  it('finds everything that is wrong with the placeholders', () => {
    expect(found({ limits: placeholders, durationMs: 100 })).toEqual([
      expect.stringContaining('1,000/s is all that the 10× rule admits'),
      // B(100, 100 erlangs) = 7.57 %.
      expect.stringContaining('7.57 % of it, 75.7/s, is answered 500'),
      expect.stringContaining('No burst fits, and 2,000 requests are admitted at once'),
      expect.stringContaining('the 1,000 environments that may start at once'),
      expect.stringContaining('A timeout of 300 s is never seen: the gateway answers 504 after 29 s'),
    ]);
    expect(change(placeholders, 100)).toEqual([
      'raise reservedConcurrency to 125, or lower rateLimit to 800',
      'raise reservedConcurrency to 128, or lower rateLimit to 752',
      'raise reservedConcurrency: the 900 that the account can reserve hold a burst of 783, or lower rateLimit and burstLimit',
      'lower burstLimit to at most 1,000',
      'lower timeoutSeconds to between 4 and 28',
    ]);
  });

  it('finds what it can without a duration, and the longest that the limits bear', () => {
    const { contradictions, ratedLoad, longestDurations, fittingLimits } = explainLimits({
      limits: placeholders,
    });
    expect(contradictions).toHaveLength(4);
    expect(contradictions[1]?.found).toContain('1,900 or more are answered 500');
    expect({ ratedLoad, fittingLimits }).toEqual({ ratedLoad: null, fittingLimits: null });
    // 75.24 erlangs are carried by 100 environments at 0.1 %.
    expect(longestDurations).toEqual({ ratedLoadMs: expect.closeTo(75.24, 2), burstMs: null });
  });

  it('proposes limits near the placeholders that fit together', () => {
    const { fittingLimits } = explainLimits({ limits: placeholders, durationMs: 100 });
    expect(fittingLimits).toEqual({
      rateLimit: 1000,
      burstLimit: 11,
      reservedConcurrency: 128,
      memorySize: 1024,
      timeoutSeconds: 28,
    });
    expect(found({ limits: fittingLimits!, durationMs: 100 })).toEqual([]);
  });

  it.each<[string, Partial<ExplainInput>]>([
    ['an invocation outlasts the gateway', { durationMs: 30_000 }],
    ['the item is too large for the table', { size: { payloadBytes: 409_547, itemBytes: 409_601 } }],
    [
      'the SDK retries for longer than the gateway waits',
      { evidence: withTargets({ sdkRetryBudgetMs: 28_001 }) },
    ],
  ])('proposes no limits where none help: %s', (_why, given) => {
    const explanation = explainLimits({ limits: placeholders, durationMs: 100, ...given });
    expect(explanation.isCoherent).toBe(false);
    expect(explanation.fittingLimits).toBeNull();
  });

  it('keeps back what the measurement kept back, 20 % by default', () => {
    const limits = { ...placeholders, rateLimit: 1001 };
    const wanted = (evidence?: ExplainInput['evidence']) =>
      explainLimits({ limits, evidence, durationMs: 10 }).contradictions[0]?.change;
    expect(wanted()).toBe('raise reservedConcurrency to 126, or lower rateLimit to 800');
    expect(wanted(withTargets({ headroomRatio: 0.5 }))).toBe(
      'raise reservedConcurrency to 201, or lower rateLimit to 500',
    );
  });

  it('says which share Lambda may refuse, and where that is from', () => {
    const restsOn = (evidence?: ExplainInput['evidence']) =>
      explainLimits({ limits: placeholders, evidence }).sections[0]?.sentences;
    expect(restsOn()).toContain('Of the rated load Lambda may refuse 0.1 % (assumed).');
    expect(restsOn(withTargets({ blockingRatio: 0.02 }))).toContain(
      'Of the rated load Lambda may refuse 2 % (the target it was measured with).',
    );
  });

  it('calls a burst safe that fits beside the load, was measured and is in the bucket of the account', () => {
    const { limits } = exampleRecommendation;
    // 684 environments, 3.1 busy: 684 − 3.1 − 1.645 √3.1 = 678.
    expect(explainLimits({ limits, durationMs: 3.4 }).ratedLoad?.safeBurst).toBe(678);
    expect(explainLimits({ limits, evidence: measured }).ratedLoad).toMatchObject({
      roomForBurst: 678,
      safeBurst: 500,
    });
  });

  it.each([
    ['limits that fit together', { limits: coherent, durationMs: 50 }],
    ['the limits that measurements give', { limits: exampleRecommendation.limits, evidence: measured }],
  ])('finds nothing wrong with %s', (_what, input) => {
    expect(explainLimits(input)).toMatchObject({
      isCoherent: true,
      contradictions: [],
      fittingLimits: null,
    });
  });

  it.each<[string, Partial<Limits>, Partial<Limits>, string]>([
    ['a burst', { burstLimit: 60 }, { burstLimit: 61 }, 'does not fit beside the rated load'],
    ['a timeout', { timeoutSeconds: 28 }, { timeoutSeconds: 29 }, 'is never seen'],
    ['a short timeout', { timeoutSeconds: 3 }, { timeoutSeconds: 2 }, 'while the SDK still retries'],
    [
      'a reservation',
      { reservedConcurrency: 900 },
      { reservedConcurrency: 901 },
      'the deployment is refused',
    ],
    [
      'a rate beside its burst',
      { rateLimit: 1049, burstLimit: 2, reservedConcurrency: 106, timeoutSeconds: 9 },
      { rateLimit: 1059, burstLimit: 2, reservedConcurrency: 106, timeoutSeconds: 9 },
      'requests through in one second',
    ],
  ])('tells the last %s that fits from the first that does not', (_what, fits, breaks, text) => {
    expect(found({ limits: { ...coherent, ...fits }, durationMs: 50 })).toEqual([]);
    const contradictions = found({ limits: { ...coherent, ...breaks }, durationMs: 50 });
    expect(contradictions).toEqual([expect.stringContaining(text)]);
  });

  it.each([
    ['a rate above the account', { rateLimit: 12_000 }, "above the account's 10,000/s"],
    ['a burst above the account', { burstLimit: 5001 }, "above the account's 5,000"],
    ['a rate above the 10× rule', { rateLimit: 1111 }, 'above the 1,110/s that the 10× rule admits'],
    ['a rate above the table', { rateLimit: 2001 }, 'asks for 4,002 write units/s, the table gives 4,000'],
  ])('finds %s', (_what, limits, text) => {
    expect(found({ limits: { ...coherent, ...limits } })).toContainEqual(expect.stringContaining(text));
  });

  it('finds a mean duration that ends in the timeout, and an item that no table takes', () => {
    const contradictions = found({
      limits: coherent,
      durationMs: 5000,
      size: { payloadBytes: 409_547, itemBytes: 409_601 },
    });
    expect(contradictions).toContainEqual(expect.stringContaining('not over when the function times out'));
    expect(contradictions).toContainEqual(expect.stringContaining('every entry is answered 413'));
  });

  it.each([
    ['rate', { rateLimit: 1141 }, 'above the 1,140/s that was measured'],
    ['burst', { burstLimit: 501 }, 'above the 500 that was measured'],
    ['memory', { memorySize: 2048 }, 'the evidence is of 1,024 MB'],
  ])('finds a %s beyond its evidence', (_what, limits, text) => {
    const changed = { ...exampleRecommendation.limits, ...limits };
    expect(found({ limits: changed, evidence: measured })).toContainEqual(expect.stringContaining(text));
  });

  it('names the least rate for a steady load, and what it is by', () => {
    const { maximumRates, leastPerSecond } = explainLimits({ limits: placeholders, durationMs: 100 });
    expect(Object.fromEntries(maximumRates.map(({ by, perSecond }) => [by, Math.round(perSecond)]))).toEqual({
      'stage throttle': 1000,
      account: 10_000,
      '10× rule': 1000,
      concurrency: 1000,
      'concurrency, random arrivals': 752,
      'scaling from idle': 1000,
      table: 2000,
      'table, scaled out': 20_000,
      'one id': 500,
      timeouts: 0,
    });
    expect(Math.round(leastPerSecond)).toBe(752);
  });

  it.each([
    ['below the gateway', 28, /502 .*unverified \(F19\)/, /500, unverified \(F19\)/],
    ['of a REST API', 29, /504 .*after 29 s \(F18\)/, /500, unverified \(F19\)/],
    ['of both kinds', 30, /504 .*after 29 s \(F18\)/, /503 .*after 30 s \(F18\)/],
  ])('says what a client sees at a timeout %s', (_what, timeoutSeconds, rest, http) => {
    const { answers } = explainLimits({ limits: { ...placeholders, timeoutSeconds } });
    expect(answers[2]).toMatchObject({
      rest: expect.stringMatching(rest),
      http: expect.stringMatching(http),
    });
  });

  it('prices 10, 50 and 100 % of the least rate, an HTTP API below a REST API', () => {
    const { costs, leastPerSecond } = explainLimits({ limits: coherent, durationMs: 50 });
    expect(leastPerSecond).toBe(800);
    expect(costs.map(({ ratePerSecond }) => ratePerSecond)).toEqual([80, 400, 800]);
    for (const { rest, http } of costs) expect(http.usdPerMonth).toBeLessThan(rest.usdPerMonth);
  });
});
