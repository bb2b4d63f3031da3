import { recommend, RecommendationError } from '@spillway/capacity';
import {
  ThrottleConfigError,
  type Fingerprint,
  type MeasuredEvidence,
  type ThrottleConfig,
} from '@spillway/throttle';
import { readdirSync } from 'node:fs';
import { limitsText, sameLimits } from './config-of-run.ts';
import {
  readDeployedFingerprint,
  readThrottleFile,
  throttleFile,
  WorkspaceFileError,
  type WorkspaceFiles,
} from './workspace-files.ts';

/**
 * What a throttle file is worth.
 * - `current`: its limits follow from its evidence, and what was measured is what would be deployed
 * - `placeholder`: nobody measured it
 * - `stale`: something else would be deployed than was measured
 * - `mismatch`: its limits don't follow from its evidence: somebody edited one of them
 * - `broken`: it, or the template, can't be read
 */
export type Standing = 'current' | 'placeholder' | 'stale' | 'mismatch' | 'broken';

/** The standing of one file, with the reason. */
export interface Checked {
  readonly file: string;
  readonly stage: string;
  readonly standing: Standing;
  readonly because: string;
}

/** Stages that have a throttle file, by name. */
export function stagesWithLimits({ config }: WorkspaceFiles): string[] {
  try {
    return readdirSync(config)
      .flatMap((name) => /^throttle\.([a-z][a-z0-9-]*)\.json$/.exec(name)?.[1] ?? [])
      .sort();
  } catch (cause) {
    throw new WorkspaceFileError(config, 'throttle files belong there', cause);
  }
}

/** Computes a stage's limits again from the evidence in its file, and compares what was measured with what would be deployed. */
export async function check(files: WorkspaceFiles, stage: string): Promise<Checked> {
  const file = throttleFile(files, stage);
  try {
    const { config } = readThrottleFile(file);
    const { evidence } = config;
    if (config.stage !== stage) {
      return { file, stage, standing: 'mismatch', because: `it is for stage ${config.stage}` };
    }
    if (evidence.kind === 'placeholder')
      return { file, stage, standing: 'placeholder', because: evidence.note };
    const deployed = await readDeployedFingerprint(files, stage);
    return { file, stage, ...standingOf(config, evidence, deployed) };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { file, stage, standing: 'broken', because: error.message };
  }
}

function standingOf(
  { limits, stage }: ThrottleConfig,
  evidence: MeasuredEvidence,
  deployed: Fingerprint,
): Pick<Checked, 'standing' | 'because'> {
  if (evidence.stage !== stage) {
    return { standing: 'mismatch', because: `its evidence is of stage ${evidence.stage}` };
  }
  if (evidence.audit.lost > 0) {
    return { standing: 'mismatch', because: `its evidence has ${evidence.audit.lost} lost writes` };
  }
  const computed = recommend(evidence.measurements).limits;
  if (!sameLimits(computed, limits)) {
    return {
      standing: 'mismatch',
      because: `it has ${limitsText(limits)}, its evidence gives ${limitsText(computed)}`,
    };
  }
  const changed = (['bundle', 'template', 'memorySize'] as const).filter(
    (part) => evidence.fingerprint[part] !== deployed[part],
  );
  if (changed.length > 0) {
    return {
      standing: 'stale',
      because: `${changed.join(' and ')} changed since run ${evidence.runId}; run npx nx run loadtest --stage=${stage}`,
    };
  }
  return {
    standing: 'current',
    because: `measured by run ${evidence.runId} on ${evidence.measuredAt.slice(0, 10)}`,
  };
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof ThrottleConfigError ||
    error instanceof WorkspaceFileError ||
    error instanceof RecommendationError
  );
}
