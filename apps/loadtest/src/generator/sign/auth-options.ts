import * as z from 'zod';

/** `config.engines.spillway.auth`: how requests prove who sends them. */
export const authSchema = z.strictObject({
  /** AWS Signature Version 4, with credentials of the standard chain. */
  kind: z.literal('iam'),
  /** By default the target's own, where its host name tells, else that of the environment. */
  region: z.string().min(1).optional(),
  /** Name a signature is made for; `lambda` for a function URL. */
  service: z.string().min(1).default('execute-api'),
  /** Profile of the shared AWS files; by default the chain decides. */
  profile: z.string().min(1).optional(),
});

export type AuthOptions = z.infer<typeof authSchema>;
