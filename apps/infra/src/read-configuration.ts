import { parseThrottleConfig, ThrottleConfigError } from '@spillway/throttle';
import type { ThrottleConfig } from '@spillway/throttle';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBatchRate } from './check-batch-rate.ts';
import { checkGuarantees } from './check-guarantees.ts';
import { parseStages } from './stages.ts';
import type { Stage, Stages } from './stages.ts';

/** A stage with its limits: all that a stack is made from, beside the bundle. */
export interface StageConfiguration {
  readonly name: string;
  readonly stage: Stage;
  readonly throttle: ThrottleConfig;
}

/**
 * Reads the stages file.
 * @throws StageError `STAGES_INVALID`
 */
export function readStages(stagesFile: string): Stages {
  return parseStages(readFileSync(stagesFile, 'utf8'), 'stages.json');
}

/**
 * Reads `throttle.<stage>.json` for every stage: all of them or none, so that no synthesis is half new.
 * @throws ThrottleConfigError when a file is missing, broken or another stage's
 * @throws StageError `GUARANTEES_TOO_HIGH`, `BATCHES_TOO_SLOW`
 */
export function readConfiguration(stages: Stages, throttleDir: string): StageConfiguration[] {
  return Object.entries(stages).map(([name, stage]) => {
    const throttle = readThrottleFile(name, throttleDir);
    checkGuarantees(name, stage, throttle.limits);
    checkBatchRate(name, stage, throttle.limits);
    return { name, stage, throttle };
  });
}

/**
 * Reads the throttle file of one stage.
 * @throws ThrottleConfigError
 */
export function readThrottleFile(stage: string, throttleDir: string): ThrottleConfig {
  const file = `throttle.${stage}.json`;
  const config = parseThrottleConfig(readText(throttleDir, file), file);
  if (config.stage === stage) return config;
  throw new ThrottleConfigError(file, [
    `stage ${JSON.stringify(config.stage)}: want "${stage}", as the name says`,
  ]);
}

function readText(throttleDir: string, file: string): string {
  try {
    return readFileSync(join(throttleDir, file), 'utf8');
  } catch (cause) {
    throw new ThrottleConfigError(
      file,
      [
        `not readable in ${throttleDir}, want one throttle file per stage; copy another stage's and mark it a placeholder`,
      ],
      cause,
    );
  }
}
