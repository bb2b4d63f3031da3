import { evidenceSchema, type Limits, type Measurements } from '@spillway/throttle';
import fc from 'fast-check';
import { recommend, RecommendationError } from '../limits/recommendation.ts';
import { exampleMeasurements } from '../testing/index.ts';
import { explainLimits } from './explain.ts';
import type { ExplainInput } from './subject.ts';

const MOST_INT = Number.MAX_SAFE_INTEGER;

/** Mostly what stages have, now and then anything that a schema lets through. */
const whole = (most: number, from = 1) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: from, max: most }) },
    { weight: 1, arbitrary: fc.constantFrom(from, MOST_INT) },
  );
const real = (most: number, from = Number.MIN_VALUE) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: 0.01, max: most, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(from, Number.MAX_VALUE) },
  );
const ratio = fc.double({ min: 0, max: 1, noNaN: true });

const limits: fc.Arbitrary<Limits> = fc.record({
  rateLimit: real(20_000),
  burstLimit: whole(6000),
  reservedConcurrency: whole(2000),
  memorySize: fc.integer({ min: 128, max: 10_240 }),
  timeoutSeconds: fc.integer({ min: 1, max: 900 }),
});

const measurements: fc.Arbitrary<Measurements> = fc.record({
  sustainedRate: fc.record({ lowerPerSecond: real(9000), upperPerSecond: fc.constant(null) }),
  serviceTime: fc.record({ meanUpperMs: real(2000, 0), tailUpperMs: real(9000, 0) }),
  burst: fc.record({ cleanRequests: whole(900, 0), answeredWithinMs: real(900, 0) }),
  itemBytes: whole(500_000),
  memorySize: fc.integer({ min: 128, max: 10_240 }),
  quotas: fc.record({
    accountConcurrency: whole(5000),
    otherReservedConcurrency: whole(900, 0),
    accountRatePerSecond: real(20_000),
    accountBurst: whole(9000),
    tableWriteUnitsPerSecond: real(50_000),
  }),
  targets: fc.record({
    latencyMs: real(900),
    errorRatio: ratio,
    headroomRatio: ratio,
    blockingRatio: ratio,
    sdkRetryBudgetMs: real(9000, 0),
  }),
});

const evidenceOf = (of: Measurements): NonNullable<ExplainInput['evidence']> => ({
  kind: 'measured',
  runId: 'one',
  stage: 'local',
  measuredAt: '2026-05-12T09:17:01.804Z',
  bound: { by: 'host', because: 'it was full' },
  measurements: of,
  generator: { achievedRatio: 1, latenessP99Ms: 2 },
  audit: { acknowledged: 1, stored: 1, lost: 0, unknown: 0 },
  fingerprint: { bundle: 'b', template: 'a'.repeat(64), memorySize: 1024 },
});

const size = fc.option(
  real(1e6).map((bytes) => ({ payloadBytes: bytes, itemBytes: bytes + 54 })),
  { nil: undefined },
);

const input: fc.Arbitrary<ExplainInput> = fc.record({
  limits,
  evidence: fc.option(measurements.map(evidenceOf), { nil: undefined }),
  durationMs: fc.option(real(60_000), { nil: undefined }),
  size,
});

/** Every number and every text anywhere in a value. */
function leaves(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leaves);
}

/** What nobody may be shown. */
function isBroken(leaf: unknown): boolean {
  if (typeof leaf === 'number') return !Number.isFinite(leaf);
  return (
    leaf === undefined || (typeof leaf === 'string' && /NaN|Infinity|undefined|null|\[object/.test(leaf))
  );
}

describe('explainLimits', () => {
  it('says only finite numbers, whatever the configuration and the options', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (given.evidence) evidenceSchema.parse(given.evidence);
        const explanation = explainLimits(given);
        expect(leaves(explanation).filter(isBroken)).toEqual([]);
        expect(explanation.isCoherent).toBe(explanation.contradictions.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing wrong with the limits it proposes', () => {
    const proposable = fc.record({
      limits,
      evidence: fc.option(measurements.map(evidenceOf), { nil: undefined }),
      durationMs: fc.oneof(
        { weight: 3, arbitrary: fc.double({ min: 0.1, max: 12_000, noNaN: true }) },
        { weight: 1, arbitrary: fc.double({ min: 12_000, max: 900_000, noNaN: true }) },
      ),
      size,
    });
    let proposed = 0;
    fc.assert(
      fc.property(proposable, (given) => {
        const { fittingLimits } = explainLimits(given);
        if (fittingLimits === null) return;
        proposed += 1;
        expect(explainLimits({ ...given, limits: fittingLimits }).contradictions).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(proposed).toBeGreaterThan(100);
  });

  it('finds nothing wrong with limits that follow from measurements', () => {
    const plausible = fc.record({
      lowerPerSecond: fc.integer({ min: 20, max: 9000 }),
      meanUpperMs: fc.double({ min: 0.5, max: 400, noNaN: true }),
      cleanRequests: fc.integer({ min: 2, max: 1200 }),
      answeredWithinMs: fc.integer({ min: 5, max: 800 }),
      itemBytes: fc.integer({ min: 60, max: 20_000 }),
      headroomRatio: fc.double({ min: 0.3, max: 1, noNaN: true }),
      blockingRatio: fc.constantFrom(0.0001, 0.001, 0.01),
    });
    let followed = 0;
    fc.assert(
      fc.property(plausible, (drawn) => {
        const of = measurementsWith(drawn);
        try {
          const recommended = recommend(of).limits;
          const { contradictions } = explainLimits({ limits: recommended, evidence: evidenceOf(of) });
          expect(contradictions).toEqual([]);
          followed += 1;
        } catch (error) {
          if (!(error instanceof RecommendationError)) throw error;
        }
      }),
      { numRuns: 200 },
    );
    expect(followed).toBeGreaterThan(150);
  });
});

function measurementsWith(drawn: {
  lowerPerSecond: number;
  meanUpperMs: number;
  cleanRequests: number;
  answeredWithinMs: number;
  itemBytes: number;
  headroomRatio: number;
  blockingRatio: number;
}): Measurements {
  const { lowerPerSecond, meanUpperMs, cleanRequests, answeredWithinMs, itemBytes } = drawn;
  return {
    sustainedRate: { lowerPerSecond, upperPerSecond: null },
    serviceTime: { meanUpperMs, tailUpperMs: 3 * meanUpperMs },
    burst: { cleanRequests, answeredWithinMs },
    itemBytes,
    memorySize: 1024,
    quotas: { ...exampleMeasurements.quotas, otherReservedConcurrency: 50 },
    targets: {
      latencyMs: 500,
      errorRatio: 0.01,
      headroomRatio: drawn.headroomRatio,
      blockingRatio: drawn.blockingRatio,
      sdkRetryBudgetMs: 3000,
    },
  };
}
