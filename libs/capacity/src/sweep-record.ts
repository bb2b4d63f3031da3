import * as z from 'zod';

/** Rate against size: each size has a search of its own, shorter than the run's. */
export const payloadSweepSchema = z.strictObject({
  points: z.array(
    z.strictObject({
      payloadBytes: z.int().positive(),
      /** Bytes of the item that such a request becomes (F42). */
      itemBytes: z.int().positive(),
      /** Write units by rule (F43), and as the table's metric counted them a request, where it did. */
      writeUnits: z.int().positive(),
      measuredWriteUnits: z.number().nonnegative().nullable(),
      /** Highest rate that passed and lowest that failed, requests/s; null where there was none. */
      lowerPerSecond: z.number().positive().nullable(),
      upperPerSecond: z.number().positive().nullable(),
      /** Latency at the highest rate that passed, ms. */
      latencyMs: z.strictObject({ p50: z.number(), p99: z.number() }).nullable(),
    }),
  ),
  reasons: z.array(z.string()),
});

/** The same load at several memory sizes, and the cheapest that meets T (method, section 6). */
export const memorySweepSchema = z.strictObject({
  ratePerSecond: z.number().positive(),
  points: z.array(
    z.strictObject({
      /** MB. */
      memorySize: z.int().positive(),
      /** p99 of the latency with its 95 % upper bound, ms; null where too few were judged. */
      p99Ms: z.number().nullable(),
      p99UpperMs: z.number().nullable(),
      durationMeanMs: z.number().nullable(),
      /** USD per million requests for Lambda (F72). */
      usdPerMillion: z.number().nonnegative().nullable(),
      meetsTarget: z.boolean(),
    }),
  ),
  /** MB; null where none meets T. */
  chosenMemorySize: z.int().positive().nullable(),
  reasons: z.array(z.string()),
});

export type PayloadSweep = z.infer<typeof payloadSweepSchema>;
export type MemorySweep = z.infer<typeof memorySweepSchema>;
