import * as z from 'zod';

const nonNegative = z.number().nonnegative();

/** How the requests of a step arrive; all are open: no arrival waits for an answer. */
export const arrivalsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), ratePerSecond: z.number().positive() }),
  z.strictObject({ kind: z.literal('poisson'), ratePerSecond: z.number().positive(), seed: z.int() }),
  /** `requests` spread evenly over `withinMs`, from idle. */
  z.strictObject({ kind: z.literal('burst'), requests: z.int().positive(), withinMs: nonNegative }),
]);

/** A span in which the host itself stood still, ms from the step's start. */
export const stallSchema = z.strictObject({ startMs: z.number(), endMs: z.number() });

/**
 * One step as it was measured: facts only, no judgement. With what was made of it, it is `results/<run-id>/step-<name>.json`,
 * beside its answers (`answersFile`, CSV as in answers.ts).
 */
export const stepRecordSchema = z.strictObject({
  /** Unique in the run, such as `discover-03`; part of every id sent. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  purpose: z.enum([
    'calibration',
    'warm-up',
    'discovery',
    'burst',
    'replay',
    'payload-sweep',
    'memory-sweep',
  ]),
  arrivals: arrivalsSchema,
  /** Dropped from the start of the step before it is judged. */
  warmUpMs: nonNegative,
  /** Judged span after the warm-up; for a burst the span in which its answers count. */
  holdMs: nonNegative,
  startedAt: z.iso.datetime(),
  /** Whether the stage's throttle and reserved concurrency were lifted to the quota. */
  limits: z.enum(['lifted', 'applied']),
  payloadBytes: z.int().positive(),
  /** MB, where the step set it: the steps of a memory sweep. */
  memorySize: z.int().positive().optional(),
  /** Beyond this an answer is a `timeout`. */
  horizonMs: z.number().positive(),
  intended: z.int().nonnegative(),
  sent: z.int().nonnegative(),
  generator: z.strictObject({
    latenessP99Ms: nonNegative,
    eventLoopDelayP99Ms: nonNegative,
    /** CPU of the generator's process / wall time. */
    cpuRatio: nonNegative,
    /** Most sockets open at once, and whether the cap was hit. */
    socketsMax: z.int().nonnegative(),
    socketCapHit: z.boolean(),
    /** Generators that sent the step together, where more than one did. */
    shards: z.int().min(2).optional(),
  }),
  host: z.strictObject({
    /** Busy share of all cores of the generator's machine, 0–1. */
    busyRatio: z.number().min(0).max(1),
    stalls: z.array(stallSchema),
  }),
  /**
   * What the stage's own metrics said of the hold, widened to whole metric periods; null where they could not be read.
   */
  stage: z
    .strictObject({
      /** What that covers, which may be more than the step; absent in runs of before it was written down. */
      window: z
        .strictObject({
          startedAt: z.iso.datetime(),
          endedAt: z.iso.datetime(),
          periodSeconds: z.number().positive(),
        })
        .optional(),
      invocations: nonNegative,
      lambdaThrottles: nonNegative,
      lambdaErrors: nonNegative,
      concurrentExecutionsMax: nonNegative,
      durationMeanMs: nonNegative.nullable(),
      durationMaxMs: nonNegative.nullable(),
      /** [mean ms, invocations, start in epoch ms] of each metric period, for batch means; older runs lack the start. */
      durationBatches: z.array(z.tuple([nonNegative, nonNegative, nonNegative.optional()])),
      writeThrottleEvents: nonNegative,
      /** Write units that the table counted (F63); null where it counts none, absent in runs of before they were read. */
      consumedWriteUnits: nonNegative.nullable().optional(),
      /** Invocations that waited because the local stage's machine had no execution environment left. */
      hostQueued: nonNegative,
    })
    .nullable(),
  answersFile: z.string(),
});

export type ArrivalPattern = z.infer<typeof arrivalsSchema>;
export type Stall = z.infer<typeof stallSchema>;
export type StepRecord = z.infer<typeof stepRecordSchema>;
