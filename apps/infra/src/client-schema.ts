import * as z from 'zod';

/**
 * One client team of a stage: a usage plan with one API key.
 * - `guaranteed`: the plan's bucket, requests/s and requests; all clients' rates together fit into the stage's, which
 *   synthesis checks. Without it the client is bound by the stage's throttle alone: for a load test's own key.
 * - `quota`: most requests in a period; whose first day is the 1st or a Sunday, in UTC.
 */
export const clientSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  guaranteed: z
    .strictObject({ ratePerSecond: z.number().positive(), burstRequests: z.int().min(1) })
    .optional(),
  quota: z.strictObject({ requests: z.int().min(1), period: z.enum(['day', 'week', 'month']) }).optional(),
});

export type Client = z.infer<typeof clientSchema>;
