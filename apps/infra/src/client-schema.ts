import * as z from 'zod';

/**
 * One client team of a stage: a usage plan with one API key.
 * - `guaranteed`: the plan's bucket, requests/s and requests, which is also the most that the client gets. All of them
 *   together fit into the stage's, which synthesis checks, so that each is kept as long as every client has one. A client
 *   without it is bound by the stage's throttle alone, and may use up what is guaranteed to others: for a load test's own
 *   key. Synthesis names it.
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
