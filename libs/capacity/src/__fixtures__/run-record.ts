import { runRecordSchema, type RunRecord } from '../run-record.ts';
import { recommend } from '../limits/recommendation.ts';
import { judgedStep } from './judged-step.ts';
import { measurementsOf } from './measurements.ts';

/** A run in which everything went well. */
export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const measurements = measurementsOf();
  const recommendation = recommend(measurements);
  return runRecordSchema.parse({
    version: 1,
    runId: '20260101-120000-abcd',
    stage: 'dev',
    profile: 'quick',
    startedAt: '2026-01-01T12:00:00.000Z',
    finishedAt: '2026-01-01T12:03:00.000Z',
    status: 'complete',
    stoppedBy: null,
    targets: measurements.targets,
    quotas: measurements.quotas,
    fingerprint: { bundle: 'b1', template: 'a'.repeat(64), memorySize: 1024 },
    deployedLimits: recommendation.limits,
    calibration: { offeredPerSecond: 4000, achievedRatio: 0.999, latenessP99Ms: 2, passed: true },
    steps: [judgedStep(1000, 'pass'), judgedStep(1080, 'fail')],
    estimate: { conclusive: true, lowerPerSecond: 1000, upperPerSecond: 1080, reasons: ['1000/s passes'] },
    binding: { by: 'host', because: 'this machine is full', next: 'measure a deployed stage' },
    measurements,
    recommendation,
    replay: {
      of: 'proposed',
      limits: recommendation.limits,
      checks: [{ name: 'no 429', outcome: 'met', found: '0', wanted: '0' }],
      verified: true,
    },
    audit: {
      acknowledged: 9000,
      stored: 9000,
      lost: 0,
      unknown: 3,
      unknownStored: 1,
      neverSent: 0,
      refusedStored: 0,
    },
    ...changes,
  } satisfies RunRecord);
}
