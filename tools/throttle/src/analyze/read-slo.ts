import type { Slo } from '@spillway/capacity';
import { measurementsSchema } from '@spillway/throttle';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkspaceFileError } from '../workspace-files.ts';

/** Where the load test keeps what the limits must hold. */
const SLO_FILE = 'apps/loadtest/slo.json';

/**
 * What answers are judged by: what is given, and for the rest the load test's own settings.
 * @throws WorkspaceFileError when something is missing and the settings can't be read
 */
export function readSlo(root: string, given: Partial<Slo>): Slo {
  const { latencyMs, errorRatio } = given;
  if (latencyMs !== undefined && errorRatio !== undefined) return { latencyMs, errorRatio };
  const file = join(root, SLO_FILE);
  try {
    const targets = measurementsSchema.shape.targets.parse(JSON.parse(readFileSync(file, 'utf8')).targets);
    return { latencyMs: latencyMs ?? targets.latencyMs, errorRatio: errorRatio ?? targets.errorRatio };
  } catch (cause) {
    throw new WorkspaceFileError(file, 'give --latency-ms and --error-ratio', cause);
  }
}
