import { resolve } from 'node:path';
import * as z from 'zod';

const projectRoot = resolve(import.meta.dirname, '..');

/** A variable set to nothing counts as not set: so the cached `synth` target shuts out what its key does not hold. */
const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const environmentSchema = z.object({
  /** Where the cloud assembly goes; the CDK CLI sets it, too. */
  CDK_OUTDIR: text,
  /** Folder of the `throttle.<stage>.json` files. */
  SPILLWAY_THROTTLE_DIR: text,
  /** Stage of deploy, diff and destroy where none is said. */
  SPILLWAY_STAGE: text,
});

/** Where this project reads and writes, absolute paths; the one reader of `process.env`. */
export const environment = parseEnvironment(process.env);

/** Environment variables → paths and the default stage. */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const parsed = environmentSchema.parse(variables);
  return {
    projectRoot,
    stagesFile: resolve(projectRoot, 'config/stages.json'),
    throttleDir: resolve(parsed.SPILLWAY_THROTTLE_DIR ?? resolve(projectRoot, 'config')),
    bundleDir: resolve(projectRoot, '../ingest/dist'),
    outdir: resolve(parsed.CDK_OUTDIR ?? resolve(projectRoot, 'cdk.out')),
    defaultStage: parsed.SPILLWAY_STAGE,
  };
}
