import * as z from 'zod';
import { evidenceSchema } from './evidence.ts';

/**
 * The limits of one stage, in AWS's spelling.
 * - `rateLimit` requests/s and `burstLimit` requests: the stage throttle, a bucket for each method (F1, F4)
 * - `reservedConcurrency` execution environments (F31)
 * - `memorySize` MB (F37)
 * - `timeoutSeconds` s: at most 29, because the gateway gives up then (F18)
 */
export const limitsSchema = z.strictObject({
  rateLimit: z.number().positive(),
  burstLimit: z.int().min(1),
  reservedConcurrency: z.int().min(1),
  memorySize: z.int().min(128).max(10_240),
  timeoutSeconds: z.int().min(1).max(29, {
    error: 'the gateway answers 504 after 29 s (F18), so a longer function timeout is never seen',
  }),
});

/** `apps/infra/config/throttle.<stage>.json`: what is deployed, and why these numbers. */
export const throttleConfigSchema = z.strictObject({
  stage: z.string().regex(/^[a-z][a-z0-9-]*$/),
  limits: limitsSchema,
  evidence: evidenceSchema,
});

/**
 * What can be explained: a throttle file, or its limits alone, also with a timeout that Lambda takes and a throttle
 * file does not (F37).
 */
export const explainableConfigSchema = z.strictObject({
  stage: throttleConfigSchema.shape.stage.optional(),
  limits: limitsSchema.extend({ timeoutSeconds: z.int().min(1).max(900) }),
  evidence: evidenceSchema.optional(),
});

export type ExplainableConfig = z.infer<typeof explainableConfigSchema>;
export type Limits = z.infer<typeof limitsSchema>;
export type ThrottleConfig = z.infer<typeof throttleConfigSchema>;

/** A throttle file that can't be used; the message says found, wanted, next. */
export class ThrottleConfigError extends Error {
  readonly code = 'THROTTLE_CONFIG_INVALID';
  readonly file: string;
  readonly issues: readonly string[];

  constructor(file: string, issues: readonly string[], cause?: unknown) {
    super(`${file}: ${issues.join('; ')}`, { cause });
    this.name = 'ThrottleConfigError';
    this.file = file;
    this.issues = issues;
  }
}

/**
 * Text of a throttle file → configuration.
 * @param file name for messages, such as `throttle.dev.json`
 * @throws ThrottleConfigError when it is not JSON, or a field is unknown, missing or out of range
 */
export function parseThrottleConfig(text: string, file: string): ThrottleConfig {
  return parseConfig(throttleConfigSchema, text, file);
}

/**
 * Text of a file to be explained → configuration.
 * @throws ThrottleConfigError as parseThrottleConfig does
 */
export function parseExplainableConfig(text: string, file: string): ExplainableConfig {
  return parseConfig(explainableConfigSchema, text, file);
}

function parseConfig<Config>(schema: z.ZodType<Config>, text: string, file: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    // The parser quotes what it found: a binary file must not write to the terminal.
    const found = String(cause).replaceAll(/\p{Cc}/gu, '·');
    throw new ThrottleConfigError(file, [`not JSON: ${found}; want a throttle file`], cause);
  }
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    throw new ThrottleConfigError(file, parsed.error.issues.map(describeIssue), parsed.error);
  }
  return parsed.data;
}

/** Configuration → text, keys in schema order, so that an unchanged configuration is an unchanged file. */
export function printThrottleConfig(config: ThrottleConfig): string {
  return `${JSON.stringify(throttleConfigSchema.parse(config), null, 2)}\n`;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.') || '(file)';
  const input = issue.input;
  const found = input === null || typeof input !== 'object' ? ` ${JSON.stringify(input) ?? 'missing'}` : '';
  return `${path}${found}: ${issue.message}`;
}
