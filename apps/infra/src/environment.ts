import { resolve } from 'node:path';
import * as z from 'zod';

const projectRoot = resolve(import.meta.dirname, '..');

const environmentSchema = z.object({
  /** Where the cloud assembly goes; the CDK CLI sets it, too. */
  CDK_OUTDIR: z.string().min(1).optional(),
  /** Folder of the `throttle.<stage>.json` files. */
  SPILLWAY_THROTTLE_DIR: z.string().min(1).optional(),
  /** Stage of deploy, diff and destroy where none is said. */
  SPILLWAY_STAGE: z.string().min(1).optional(),
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
