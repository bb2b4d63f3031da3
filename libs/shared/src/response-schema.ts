import * as z from 'zod/mini';
import type { BatchResponse, EntryOutcome, EntryStatus } from './batch.ts';
import { ACCEPTED_MESSAGE, type AcceptedResponse, type Issue, type ProblemResponse } from './response.ts';

/*
 * The answers as schemas: for the OpenAPI document, and for a client that checks what it is told. Unknown fields pass,
 * because a later service may say more. The library's index leaves them out, and so does the function's bundle.
 */

/** Why an entry was refused, once. */
export const issueSchema = z.object({
  path: z.string(),
  message: z.string(),
}) satisfies z.ZodMiniType<Issue>;

/** Body of a 200 to an entry. */
export const acceptedResponseSchema = z.object({
  message: z.literal(ACCEPTED_MESSAGE),
}) satisfies z.ZodMiniType<AcceptedResponse>;

/** Body of an answer that says why there is no better one, the gateway's included. */
export const problemResponseSchema = z.object({
  message: z.string(),
  issues: z.exactOptional(z.array(issueSchema)),
}) satisfies z.ZodMiniType<ProblemResponse>;

const entryStatuses = {
  accepted: 'accepted',
  conflict: 'conflict',
  invalid: 'invalid',
  'too-large': 'too-large',
  unavailable: 'unavailable',
  failed: 'failed',
} as const satisfies { readonly [status in EntryStatus]: status };

/** What became of one entry of a batch. */
export const entryOutcomeSchema = z.object({
  status: z.enum(entryStatuses),
  issues: z.exactOptional(z.array(issueSchema)),
}) satisfies z.ZodMiniType<EntryOutcome>;

/** Body of an answer to a batch that could be read. */
export const batchResponseSchema = z.object({
  outcomes: z.array(entryOutcomeSchema),
}) satisfies z.ZodMiniType<BatchResponse>;
