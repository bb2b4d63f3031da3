import { fingerprintSchema, limitsSchema, measurementsSchema } from '@spillway/throttle';
import * as z from 'zod';
import { stepRecordSchema } from './step-record.ts';
import { memorySweepSchema, payloadSweepSchema } from './sweep-record.ts';
import { timelineSchema } from './timeline-record.ts';
import { uslSchema } from './usl-record.ts';

const count = z.int().nonnegative();
const ratio = z.number().min(0).max(1);

/** What a judged step came to; `reasons` are sentences with the numbers in them. */
export const judgementSchema = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  /** Why a step proves nothing about the stage, where it doesn't. */
  inconclusive: z.enum(['samples', 'generator', 'throttled', 'host', 'correlated']).nullable(),
  reasons: z.array(z.string()),
});

/** The figures a step's judgement rests on, after warm-up and stalled windows were set aside. */
export const measurementSchema = z.strictObject({
  offeredPerSecond: z.number().nonnegative(),
  goodputPerSecond: z.number().nonnegative(),
  judged: count,
  /** Answers in windows in which the host stood still. */
  setAside: count,
  outcomes: z.strictObject({
    acknowledged: count,
    refused: count,
    throttled: count,
    failed: count,
    timeout: count,
    connectionError: count,
  }),
  /** Acknowledged, but later than the SLO's T. */
  slow: count,
  bad: count,
  badRatio: ratio,
  /** One-sided 95 % Clopper–Pearson bounds of the bad ratio, at the effective n. */
  badRatioLower: ratio,
  badRatioUpper: ratio,
  effectiveSamples: z.number().nonnegative(),
  /** Percentiles of all answers, ms; null where there are none. */
  latencyMs: z
    .strictObject({ p50: z.number(), p90: z.number(), p99: z.number(), p999: z.number(), max: z.number() })
    .nullable(),
  /** Theil–Sen slope of the requests in flight, requests/s, and whether it is a trend. */
  inFlightSlopePerSecond: z.number(),
  inFlightGrows: z.boolean(),
  /** 95 % upper bound of the drift of the requests in flight, requests/s; null where nothing can be said. */
  inFlightSlopeUpperPerSecond: z.number().nullable().optional(),
  /** p99 of how late the judged requests were sent, ms. */
  latenessP99Ms: z.number().optional(),
  /** Lower bound of the bad ratio with latency timed from the actual send: what a late generator can't explain. */
  badRatioLowerSinceSend: ratio.optional(),
});

/** λ* as a bracket, never a bare point; `null` ends say what was not found. */
export const estimateSchema = z.strictObject({
  conclusive: z.boolean(),
  lowerPerSecond: z.number().positive().nullable(),
  upperPerSecond: z.number().positive().nullable(),
  reasons: z.array(z.string()),
});

/** The constraint that bound the estimate, the evidence for it, and what to try next. */
export const bindingSchema = z.strictObject({
  by: z.enum([
    'stage-throttle',
    'usage-plan',
    'reserved-concurrency',
    'ten-times-rule',
    'scaling-rate',
    'function-timeout',
    'dynamodb-throttling',
    'hot-key',
    'function-cpu',
    'generator',
    'host',
    'quota',
    'nothing-failed',
    'unknown',
  ]),
  because: z.string(),
  next: z.string(),
});

/** A limit and the sentence that explains it. */
export const recommendationSchema = z.strictObject({
  limits: limitsSchema,
  reasons: z.strictObject({
    rateLimit: z.string(),
    burstLimit: z.string(),
    reservedConcurrency: z.string(),
    memorySize: z.string(),
    timeoutSeconds: z.string(),
  }),
});

/** One requirement of the replay (method, section 7). */
export const replayCheckSchema = z.strictObject({
  name: z.string(),
  outcome: z.enum(['met', 'missed', 'inconclusive']),
  found: z.string(),
  wanted: z.string(),
});

export const auditSchema = z.strictObject({
  acknowledged: count,
  /** Acknowledged and in the table. */
  stored: count,
  /** Acknowledged and not in the table: a lost write. */
  lost: count,
  /** Timed out or broken off: may be stored or not, never counted as lost. */
  unknown: count,
  unknownStored: count,
  /** Carries this run's marker, yet no request had that id. */
  neverSent: count,
  /** Refused, throttled or failed, yet in the table. */
  refusedStored: count,
});

/** `results/<run-id>/run.json`: one run, whole; written last and atomically, also when interrupted. */
export const runRecordSchema = z.strictObject({
  version: z.literal(1),
  runId: z.string().min(1),
  stage: z.string().min(1),
  /** Where the stage is; absent in runs of before it was recorded. */
  place: z.strictObject({ accountId: z.string(), region: z.string() }).optional(),
  profile: z.enum(['quick', 'full']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  status: z.enum(['complete', 'interrupted', 'failed']),
  /** Where status is not complete: what stopped it. */
  stoppedBy: z.string().nullable(),
  targets: measurementsSchema.shape.targets,
  quotas: measurementsSchema.shape.quotas,
  fingerprint: fingerprintSchema,
  /** The limits found on the stage before anything was lifted. */
  deployedLimits: limitsSchema,
  calibration: z
    .strictObject({
      offeredPerSecond: z.number(),
      achievedRatio: ratio,
      latenessP99Ms: z.number(),
      passed: z.boolean(),
      /** Generators that sent together. */
      workers: z.int().positive().optional(),
    })
    .nullable(),
  steps: z.array(
    z.strictObject({ record: stepRecordSchema, measurement: measurementSchema, judgement: judgementSchema }),
  ),
  estimate: estimateSchema.nullable(),
  binding: bindingSchema.nullable(),
  measurements: measurementsSchema.nullable(),
  recommendation: recommendationSchema.nullable(),
  replay: z
    .strictObject({
      /** Which limits were replayed: the ones this run proposes, or the ones deployed. */
      of: z.enum(['proposed', 'deployed']),
      limits: limitsSchema,
      checks: z.array(replayCheckSchema),
      verified: z.boolean(),
    })
    .nullable(),
  audit: auditSchema.nullable(),
  /** Absent in runs of before they were measured; null where a run did not. */
  usl: uslSchema.nullish(),
  timeline: timelineSchema.nullish(),
  sweeps: z
    .strictObject({ payload: payloadSweepSchema.nullable(), memory: memorySweepSchema.nullable() })
    .nullish(),
});

export type Judgement = z.infer<typeof judgementSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
export type Estimate = z.infer<typeof estimateSchema>;
export type Binding = z.infer<typeof bindingSchema>;
export type Recommendation = z.infer<typeof recommendationSchema>;
export type ReplayCheck = z.infer<typeof replayCheckSchema>;
export type Audit = z.infer<typeof auditSchema>;
export type RunRecord = z.infer<typeof runRecordSchema>;
/** A step with what it measured and what that proves. */
export type JudgedStep = RunRecord['steps'][number];
/** What a stage is asked to hold (the SLO). */
export type Targets = RunRecord['targets'];
