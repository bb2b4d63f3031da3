import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalStage, type LocalStageProcess } from '../src/stage/local-stage-process.ts';
import { ROOT } from './short-run.ts';

/** What a stage is like, in the words of apps/infra's stages file. */
export interface StageKind {
  readonly api: 'rest' | 'http';
  readonly rollout: 'all-at-once' | 'canary-10-percent-5-minutes' | 'linear-10-percent-every-1-minute';
}

const STAGE = 'kind';

/** Its limits. Not those that are shipped: a load test's proposal replaces them. */
export const LIMITS = {
  ...{ rateLimit: 500, burstLimit: 400, reservedConcurrency: 100 },
  ...{ memorySize: 1024, timeoutSeconds: 29 },
};

/** A local stage of that kind, from the template that apps/infra makes for it. */
export async function startStageKind(kind: StageKind): Promise<LocalStageProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-kind-'));
  const dispose = () => rmSync(folder, { recursive: true });
  try {
    const local = await startIn(folder, kind);
    return { address: local.address, stop: () => local.stop().finally(dispose) };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function startIn(folder: string, kind: StageKind): Promise<LocalStageProcess> {
  const throttle = { stage: STAGE, limits: LIMITS, evidence: { kind: 'placeholder', note: 'a fixture' } };
  const stage = { deploy: 'never', tableRemoval: 'destroy', logRetentionDays: 7, auth: 'none', ...kind };
  writeFileSync(join(folder, 'stages.json'), JSON.stringify({ [STAGE]: stage }));
  writeFileSync(join(folder, `throttle.${STAGE}.json`), JSON.stringify(throttle));
  const out = join(folder, 'cdk.out');
  const files = { SPILLWAY_STAGES_FILE: join(folder, 'stages.json'), SPILLWAY_THROTTLE_DIR: folder };
  const synth = spawnSync(process.execPath, [join(ROOT, 'apps/infra/src/main.ts')], {
    env: { ...process.env, ...files, CDK_OUTDIR: out },
    encoding: 'utf8',
  });
  if (synth.status !== 0) throw new Error(`synth failed: ${synth.stderr}`);
  const template = join(out, `Spillway-${STAGE}.template.json`);
  return startLocalStage(join(ROOT, 'apps/local-stage/src/main.ts'), [`--template=${template}`]);
}
