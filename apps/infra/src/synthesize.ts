import { App } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { IngestStack } from './ingest-stack.ts';
import { pruneAssembly } from './prune-assembly.ts';
import type { StageConfiguration } from './read-configuration.ts';
import { StageError } from './stage-error.ts';
import { stackName } from './stages.ts';
import { stripTraces } from './strip-traces.ts';

const cdkJsonSchema = z.object({ context: z.record(z.string(), z.unknown()) });

export interface SynthesisProps {
  readonly configurations: readonly StageConfiguration[];
  /** Folder with `cdk.json`, whose context holds also without the CDK CLI, so that both ways give one template. */
  readonly projectRoot: string;
  /** Folder with the function's `index.cjs`. */
  readonly bundleDir: string;
  /** Folder for the cloud assembly. */
  readonly outdir: string;
  /** Stage whose new code takes over whatever its alarms say. @default none */
  readonly ignoreAlarmsOf?: string;
}

/**
 * One stack per stage into `outdir`. Needs no credentials and no network; the same input gives the same bytes.
 * @throws StageError `BUNDLE_MISSING`
 */
export function synthesize(props: SynthesisProps): void {
  requireBundle(props.bundleDir);
  const { context } = cdkJsonSchema.parse(
    JSON.parse(readFileSync(join(props.projectRoot, 'cdk.json'), 'utf8')),
  );
  const app = new App({
    outdir: props.outdir,
    // Creation stack traces would put this machine's paths into the assembly.
    context: { ...context, [DISABLE_CREATION_STACK_TRACES]: true },
    analyticsReporting: false,
    treeMetadata: false,
  });
  for (const { name, stage, throttle } of props.configurations) {
    const { account, region } = stage;
    new IngestStack(app, stackName(name), {
      stage,
      throttle,
      bundleDir: props.bundleDir,
      ignoreAlarms: name === props.ignoreAlarmsOf,
      ...(account && region ? { env: { account, region } } : {}),
    });
  }
  app.synth();
  pruneAssembly(props.outdir);
  stripTraces(props.outdir);
}

function requireBundle(bundleDir: string): void {
  if (existsSync(join(bundleDir, 'index.cjs'))) return;
  throw new StageError(
    'BUNDLE_MISSING',
    `${bundleDir} holds no index.cjs, want the function's bundle; run npx nx build ingest`,
  );
}
