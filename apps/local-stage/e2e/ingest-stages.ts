import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INFRA = join(__dirname, '../../infra');

/** A stage in the words of apps/infra's stages file; what it leaves out takes its default. */
export type StageDescription = Readonly<Record<string, unknown>>;

/** Templates that apps/infra made. */
export interface IngestTemplates {
  fileOf(stage: string): string;
  dispose(): void;
}

/**
 * Synthesizes stages as `npx nx synth infra` does, from files of their own.
 * @param limits over those of `throttle.local.json`
 */
export function synthesizeStages(
  stages: Readonly<Record<string, StageDescription>>,
  limits: Readonly<Record<string, number>> = {},
): IngestTemplates {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-stages-'));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { fileOf: synthesizeIn(folder, stages, limits), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function synthesizeIn(
  folder: string,
  stages: Readonly<Record<string, StageDescription>>,
  limits: Readonly<Record<string, number>>,
): IngestTemplates['fileOf'] {
  const shipped = readFileSync(join(INFRA, 'config/throttle.local.json'), 'utf8');
  const throttle = JSON.parse(shipped) as { readonly limits: object };
  const described = Object.entries(stages).map(([name, stage]) => {
    const own = { ...throttle, stage: name, limits: { ...throttle.limits, ...limits } };
    writeFileSync(join(folder, `throttle.${name}.json`), JSON.stringify(own));
    return [name, { deploy: 'never', tableRemoval: 'destroy', logRetentionDays: 7, ...stage }];
  });
  writeFileSync(join(folder, 'stages.json'), JSON.stringify(Object.fromEntries(described)));
  const outdir = join(folder, 'cdk.out');
  const synth = spawnSync(process.execPath, [join(INFRA, 'src/main.ts')], {
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      SPILLWAY_STAGES_FILE: join(folder, 'stages.json'),
      SPILLWAY_THROTTLE_DIR: folder,
    },
    encoding: 'utf8',
  });
  if (synth.status !== 0) throw new Error(`synth failed: ${synth.stderr}`);
  return (stage) => join(outdir, `Spillway-${stage}.template.json`);
}
