import * as z from 'zod';
import type { Fingerprint } from './evidence.ts';
import { hashTemplate } from './fingerprint.ts';

/** As much of a synthesized template as a fingerprint needs; everything else is foreign and passes. */
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown().optional() })),
});

/** A function with an asset: CDK writes `Code.S3Key` as `<asset hash>.zip`. */
const assetFunctionSchema = z.looseObject({
  Code: z.looseObject({ S3Key: z.string().regex(/^[0-9a-f]{32,}\.zip$/) }),
  /** 128 MB is what Lambda takes where none is given. */
  MemorySize: z.int().default(128),
});

/** A template that doesn't say what would run; the message says found, wanted, next. */
export class FingerprintError extends Error {
  readonly code = 'FINGERPRINT_UNREADABLE';

  constructor(found: string) {
    super(
      `template: ${found}, want one AWS::Lambda::Function whose code is an asset; run npx nx synth infra and read its Spillway-<stage>.template.json`,
    );
    this.name = 'FingerprintError';
  }
}

/**
 * What a synthesized template would deploy: hash of the function's bundle, hash of the template without its
 * limits, memory in MB (method, section 8).
 * @param template parsed `Spillway-<stage>.template.json`
 * @throws FingerprintError unless exactly one function's code is an asset
 */
export async function fingerprintOf(template: unknown): Promise<Fingerprint> {
  const parsed = templateSchema.safeParse(template);
  if (!parsed.success) throw new FingerprintError('no CloudFormation resources');

  const functions = Object.values(parsed.data.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => assetFunctionSchema.safeParse(Properties))
    .flatMap(({ data }) => (data === undefined ? [] : [data]));
  const [ingest] = functions;
  if (ingest === undefined || functions.length > 1) {
    throw new FingerprintError(`${functions.length} functions with an asset`);
  }
  return {
    bundle: ingest.Code.S3Key.replace(/\.zip$/, ''),
    template: await hashTemplate(template),
    memorySize: ingest.MemorySize,
  };
}
