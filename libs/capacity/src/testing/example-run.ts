import type { Measurements } from '@spillway/throttle';
import { recommend } from '../limits/recommendation.ts';
import type { ReplayCheck, RunRecord } from '../run-record.ts';
import { exampleStep } from './example-step.ts';
import { exampleSweeps, exampleTimeline, exampleUsl } from './example-sweeps.ts';

/** The figures of the example: a local stage that holds 1,140 requests/s and fails at 1,254. */
export const exampleMeasurements: Measurements = {
  sustainedRate: { lowerPerSecond: 1140, upperPerSecond: 1254 },
  serviceTime: { meanUpperMs: 3.4, tailUpperMs: 61 },
  burst: { cleanRequests: 500, answeredWithinMs: 380 },
  itemBytes: 1046,
  memorySize: 1024,
  quotas: {
    accountConcurrency: 1000,
    otherReservedConcurrency: 0,
    accountRatePerSecond: 10_000,
    accountBurst: 5000,
    tableWriteUnitsPerSecond: 4000,
  },
  targets: {
    latencyMs: 500,
    errorRatio: 0.01,
    headroomRatio: 0.8,
    blockingRatio: 0.001,
    sdkRetryBudgetMs: 4000,
  },
};

const checks: ReplayCheck[] = [
  {
    name: 'sustained below the limit',
    outcome: 'met',
    found: '0 of 5,198 answered 429',
    wanted: 'no 429 at 0.95 r',
  },
  {
    name: 'overload is refused',
    outcome: 'met',
    found: '429 share 33.1 %, no 5xx',
    wanted: '33.3 % ± 5 % at 1.5 r, no 5xx',
  },
  { name: 'burst is clean', outcome: 'met', found: '0 of 400 answered 429 or 5xx', wanted: 'none' },
  {
    name: 'double burst is refused, not failed',
    outcome: 'met',
    found: '372 of 800 answered 429, none 5xx',
    wanted: 'some 429, no 5xx',
  },
];

/** What the example's measurements come to. */
export const exampleRecommendation = recommend(exampleMeasurements);

/** A complete, verified run of the local stage; `changes` replace whole fields. For tests only. */
export function exampleRun(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    runId: '20260512-091433-local',
    stage: 'local',
    place: { accountId: '000000000000', region: 'us-east-1' },
    profile: 'quick',
    startedAt: '2026-05-12T09:14:33.120Z',
    finishedAt: '2026-05-12T09:17:01.804Z',
    status: 'complete',
    stoppedBy: null,
    targets: exampleMeasurements.targets,
    quotas: exampleMeasurements.quotas,
    fingerprint: { bundle: 'b6ea83a1'.repeat(8), template: '5f0c17de'.repeat(8), memorySize: 1024 },
    deployedLimits: {
      rateLimit: 1000,
      burstLimit: 2000,
      reservedConcurrency: 100,
      memorySize: 1024,
      timeoutSeconds: 29,
    },
    calibration: { offeredPerSecond: 4000, achievedRatio: 0.9994, latenessP99Ms: 2.1, passed: true },
    steps: exampleSteps(),
    estimate: {
      conclusive: true,
      lowerPerSecond: 1140,
      upperPerSecond: 1254,
      reasons: ['1,140/s and every lower rate pass; 1,254/s fails.'],
    },
    binding: {
      by: 'function-cpu',
      because: 'mean duration rose from 1.9 ms at 150/s to 7.8 ms at 1,254/s with memory unchanged',
      next: 'measure with more memory, which brings more CPU',
    },
    measurements: exampleMeasurements,
    recommendation: exampleRecommendation,
    replay: { of: 'proposed', limits: exampleRecommendation.limits, checks, verified: true },
    audit: {
      acknowledged: 41_208,
      stored: 41_208,
      lost: 0,
      unknown: 37,
      unknownStored: 35,
      neverSent: 0,
      refusedStored: 0,
    },
    usl: exampleUsl,
    timeline: exampleTimeline,
    sweeps: exampleSweeps,
    ...changes,
  };
}

/** Steps one after the other, 8 s apart. */
function exampleSteps(): RunRecord['steps'] {
  return examplePlan().map((step, index) => {
    const startedAt = new Date(Date.UTC(2026, 4, 12, 9, 14, 38) + index * 8000).toISOString();
    return { ...step, record: { ...step.record, startedAt } };
  });
}

function examplePlan(): RunRecord['steps'] {
  return [
    exampleStep('calibration', { kind: 'constant', ratePerSecond: 4000 }, { p50Ms: 0.4, limits: 'lifted' }),
    exampleStep('discover-01', rate(150), { p50Ms: 2.4 }),
    exampleStep('discover-02', rate(225), { p50Ms: 2.3 }),
    exampleStep('discover-03', rate(338), { p50Ms: 2.6 }),
    exampleStep('discover-04', rate(507), { p50Ms: 3.1 }),
    exampleStep('discover-05', rate(760), { p50Ms: 4.0 }),
    exampleStep('discover-06', rate(1140), { p50Ms: 7.9 }),
    exampleStep('discover-07', rate(1710), { p50Ms: 1480, badRatio: 0.83 }),
    exampleStep('discover-08', rate(2565), { p50Ms: 3900, badRatio: 0.97 }),
    exampleStep('discover-09', rate(1396), { p50Ms: 410, badRatio: 0.31 }),
    exampleStep('discover-10', rate(1261), { p50Ms: 19, inconclusive: 'host' }),
    exampleStep('discover-11', rate(1254), { p50Ms: 31, badRatio: 0.043 }),
    exampleStep('burst-01', { kind: 'burst', requests: 200, withinMs: 20 }, { p50Ms: 48 }),
    exampleStep('burst-02', { kind: 'burst', requests: 400, withinMs: 20 }, { p50Ms: 121 }),
    exampleStep('burst-03', { kind: 'burst', requests: 800, withinMs: 20 }, { p50Ms: 390, badRatio: 0.22 }),
    exampleStep('replay-below', rate(866), { p50Ms: 4.4, limits: 'applied' }),
    exampleStep('replay-above', rate(1368), { p50Ms: 4.6, limits: 'applied', throttledRatio: 0.331 }),
  ];
}

function rate(ratePerSecond: number) {
  return { kind: 'poisson', ratePerSecond, seed: 1 } as const;
}

/** What a run lacks that was stopped before its first step. */
export const nothingMeasured = {
  steps: [],
  calibration: null,
  estimate: null,
  binding: null,
  measurements: null,
  recommendation: null,
  replay: null,
  audit: null,
  usl: null,
  timeline: null,
  sweeps: null,
} satisfies Partial<RunRecord>;
