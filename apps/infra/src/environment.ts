import { resolve } from 'node:path';
import * as z from 'zod';
import type { PlaceVariable } from './place-stages.ts';

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
  /** File in place of `config/stages.json`. */
  SPILLWAY_STAGES_FILE: text,
  /** File in place of `config/github.json`. */
  SPILLWAY_GITHUB_FILE: text,
  /** Stage of deploy, diff and destroy where none is said. */
  SPILLWAY_STAGE: text,
});

/** `SPILLWAY_DEV_ACCOUNT`, `SPILLWAY_DEV_REGION`: where a stage goes, over what its file says. */
const PLACE = /^SPILLWAY_([A-Z][A-Z0-9_]*)_(ACCOUNT|REGION)$/;

/** Where this project reads and writes, absolute paths; the one reader of `process.env`. */
export const environment = parseEnvironment(process.env);

/** For child processes, which need the machine's paths. */
export const inheritedVariables = process.env;

/** Environment variables → paths, the default stage, and the variables that place a stage. */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const parsed = environmentSchema.parse(variables);
  return {
    projectRoot,
    stagesFile: resolve(parsed.SPILLWAY_STAGES_FILE ?? resolve(projectRoot, 'config/stages.json')),
    githubFile: resolve(parsed.SPILLWAY_GITHUB_FILE ?? resolve(projectRoot, 'config/github.json')),
    throttleDir: resolve(parsed.SPILLWAY_THROTTLE_DIR ?? resolve(projectRoot, 'config')),
    bundleDir: resolve(projectRoot, '../ingest/dist'),
    outdir: resolve(parsed.CDK_OUTDIR ?? resolve(projectRoot, 'cdk.out')),
    defaultStage: parsed.SPILLWAY_STAGE,
    places: Object.entries(variables).flatMap(([variable, value]) => readPlace(variable, value)),
  };
}

function readPlace(variable: string, value: string | undefined): PlaceVariable[] {
  const [, stage, field] = PLACE.exec(variable) ?? [];
  if (!stage || !value) return [];
  const name = stage.toLowerCase().replaceAll('_', '-');
  return [{ variable, stage: name, field: field === 'ACCOUNT' ? 'account' : 'region', value }];
}
