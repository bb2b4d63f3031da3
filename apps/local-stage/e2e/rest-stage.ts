import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStageProcess, type StageProcess } from './stage-process.ts';

/** The REST fixture as it runs: an API that changes its gateway's answers, with two stages, and a plain one. */
export interface RestStage {
  readonly process: StageProcess;
  /** Base URLs: `prod` and `beta` of the first API, `plain` of the other. */
  readonly urls: Readonly<Record<'prod' | 'beta' | 'plain', string>>;
  /** What is in the log group `/rest/access` by now. */
  accessLog(): readonly string[];
  stop(): Promise<void>;
}

const TEMPLATE = join(__dirname, '__fixtures__/rest-stage/Rest.template.json');

/** Starts it with its logs in a folder of its own, which goes with it. */
export async function startRestStage(): Promise<RestStage> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-rest-'));
  const stage = await startStageProcess(`--template=${TEMPLATE}`, '--engine=dynalite', `--log-dir=${folder}`);
  const started = await untilPrinted(stage, 'aws endpoint');
  const [prod = '', beta = '', plain = ''] = Array.from(started.matchAll(/^ready (\S+)/gm), ([, url]) => url);
  return {
    process: stage,
    urls: { prod, beta, plain },
    accessLog: () => readFileSync(join(folder, 'rest-access.log'), 'utf8').trimEnd().split('\n'),
    stop: async () => {
      await stage.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What it printed, once that has this in it: the message that it is ready may come before the lines. */
async function untilPrinted(stage: StageProcess, text: string): Promise<string> {
  while (!stage.output().includes(text)) await new Promise((resolve) => setImmediate(resolve));
  return stage.output();
}
