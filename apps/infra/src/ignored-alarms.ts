import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from './synthesize.ts';
import type { SynthesisProps } from './synthesize.ts';

/**
 * Hands over an assembly of its own in which the rollout of one stage goes on whatever its alarms say, and removes it
 * afterwards: what `synth` left and cached knows no exception, so that the next deployment heeds the alarms again.
 * @throws StageError as synthesize does
 */
export async function withIgnoredAlarms<Result>(
  stage: string,
  props: Omit<SynthesisProps, 'outdir' | 'ignoreAlarmsOf'>,
  use: (assembly: string) => Promise<Result>,
): Promise<Result> {
  const outdir = mkdtempSync(join(tmpdir(), 'spillway-ignored-alarms-'));
  try {
    synthesize({ ...props, outdir, ignoreAlarmsOf: stage });
    return await use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
