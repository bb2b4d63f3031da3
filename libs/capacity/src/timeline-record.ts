import * as z from 'zod';

const perPeriod = z.number().nonnegative().nullable();

/** What the stage's own metrics said over the whole run, a point a metric period (F60–F63); null: no such metric. */
export const timelineSchema = z.strictObject({
  periodSeconds: z.number().positive(),
  points: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      /** Most environments in use at once. */
      concurrentExecutions: perPeriod,
      invocations: perPeriod,
      lambdaThrottles: perPeriod,
      lambdaErrors: perPeriod,
      /** Sums of the period. */
      consumedWriteUnits: perPeriod,
      writeThrottleEvents: perPeriod,
      gatewayRequests: perPeriod,
      gatewayClientErrors: perPeriod,
      gatewayServerErrors: perPeriod,
      /** Bytes to and from the table by its VPC endpoint (F50, F51); absent in runs of before they were read. */
      endpointBytes: perPeriod.optional(),
    }),
  ),
});

export type Timeline = z.infer<typeof timelineSchema>;
