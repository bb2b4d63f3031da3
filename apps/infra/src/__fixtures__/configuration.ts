import type { Limits } from '@spillway/throttle';
import type { StageConfiguration } from '../read-configuration.ts';
import { stageSchema } from '../stage-schema.ts';
import type { StageInput } from '../stage-schema.ts';

/** Folder with a small function bundle; the real one needs a build. */
export const bundleDir = `${import.meta.dirname}/bundle`;

export const limits: Limits = {
  rateLimit: 250,
  burstLimit: 40,
  reservedConcurrency: 12,
  memorySize: 512,
  timeoutSeconds: 7,
};

/** What every stage has to say. */
export const plainStage: StageInput = { deploy: 'any-limits', tableRemoval: 'retain', logRetentionDays: 7 };

/** A stage whose limits are unlike any default, so that a test sees where they land. */
export function stageConfiguration(
  change: Partial<Limits> = {},
  name = 'dev',
  stage: Partial<StageInput> = {},
): StageConfiguration {
  return {
    name,
    stage: stageSchema.parse({ ...plainStage, ...stage }),
    throttle: {
      stage: name,
      limits: { ...limits, ...change },
      evidence: { kind: 'placeholder', note: 'for a test' },
    },
  };
}
