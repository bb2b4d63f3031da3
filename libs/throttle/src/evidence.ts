import * as z from 'zod';

const ratio = z.number().min(0).max(1);
const milliseconds = z.number().nonnegative();

/** What was deployed while it was measured; limits measured on something else are stale (method, section 8). */
export const fingerprintSchema = z.strictObject({
  /** CDK asset hash of the function's bundle. */
  bundle: z.string().min(1),
  /** SHA-256, hex, of the template without limits, asset keys and metadata. */
  template: z.string().regex(/^[0-9a-f]{64}$/),
  /** MB: the same code with other memory is another system. */
  memorySize: z.int(),
});

/** Everything the limits are computed from, so that `throttle check` can compute them again. */
export const measurementsSchema = z.strictObject({
  /** λ*, requests/s: highest rate such that it and all lower ones pass, lowest failing rate (null: none failed). */
  sustainedRate: z.strictObject({
    lowerPerSecond: z.number().positive(),
    upperPerSecond: z.number().positive().nullable(),
  }),
  /**
   * The function's duration at the rates that passed, without init: 95 % upper bound of the mean, and the longest,
   * which bounds p99.9 at 95 % from 2,995 invocations on.
   */
  serviceTime: z.strictObject({ meanUpperMs: milliseconds, tailUpperMs: milliseconds }),
  /** Largest burst from idle answered within the headroom's share of T, requests, and how long its last answer took. */
  burst: z.strictObject({ cleanRequests: z.int().nonnegative(), answeredWithinMs: milliseconds }),
  /** Bytes of a typical item: one write unit per started 1,024 (F43). */
  itemBytes: z.int().positive(),
  memorySize: z.int(),
  quotas: z.strictObject({
    accountConcurrency: z.int().positive(),
    otherReservedConcurrency: z.int().nonnegative(),
    accountRatePerSecond: z.number().positive(),
    accountBurst: z.int().positive(),
    tableWriteUnitsPerSecond: z.number().positive(),
  }),
  /** What the limits were asked to hold. */
  targets: z.strictObject({
    latencyMs: z.number().positive(),
    /** ε: share of answers that may be bad. */
    errorRatio: ratio,
    /** h: share of the sustained rate that is handed out. */
    headroomRatio: ratio,
    /** ε_b: share of invocations Lambda may refuse at the rate limit. */
    blockingRatio: ratio,
    /** What the SDK may spend on retries inside one invocation. */
    sdkRetryBudgetMs: milliseconds,
  }),
});

/** Why a stage has the limits it has: nobody measured, or a run did. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('placeholder'), note: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('measured'),
    runId: z.string().min(1),
    stage: z.string().min(1),
    measuredAt: z.iso.datetime(),
    /** The constraint that bound the estimate, and what supports that. */
    bound: z.strictObject({ by: z.string().min(1), because: z.string().min(1) }),
    measurements: measurementsSchema,
    /** Result of the generator's calibration before the run. */
    generator: z.strictObject({ achievedRatio: ratio, latenessP99Ms: milliseconds }),
    audit: z.strictObject({ acknowledged: z.int(), stored: z.int(), lost: z.int(), unknown: z.int() }),
    fingerprint: fingerprintSchema,
  }),
]);

export type Fingerprint = z.infer<typeof fingerprintSchema>;
export type Measurements = z.infer<typeof measurementsSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type MeasuredEvidence = Extract<Evidence, { kind: 'measured' }>;
