import { stepRecordSchema } from '@spillway/capacity';
import * as z from 'zod';

const count = z.int().nonnegative();

/**
 * What the engine says of one step, besides the answers: `step-<name>.generator.json`, written last, so that
 * its presence means the answers are whole.
 */
export const generatorReportSchema = z.strictObject({
  startedAt: stepRecordSchema.shape.startedAt,
  /** Requests the pacing asked for; fewer are `sent` only when the step was interrupted. */
  intended: count,
  sent: count,
  interrupted: z.boolean(),
  counts: z.strictObject({
    acknowledged: count,
    refused: count,
    throttled: count,
    failed: count,
    timeout: count,
    'connection-error': count,
  }),
  inFlightMax: count,
  generator: stepRecordSchema.shape.generator,
  host: stepRecordSchema.shape.host,
});

export type GeneratorReport = z.infer<typeof generatorReportSchema>;
