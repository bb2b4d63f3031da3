import type { Limits } from '@spillway/throttle';
import type { StageConfiguration } from '../read-configuration.ts';

/** Folder with a small function bundle; the real one needs a build. */
export const bundleDir = `${import.meta.dirname}/bundle`;

export const limits: Limits = {
  rateLimit: 250,
  burstLimit: 40,
  reservedConcurrency: 12,
  memorySize: 512,
  timeoutSeconds: 7,
};

/** A stage whose limits are unlike any default, so that a test sees where they land. */
export function stageConfiguration(change: Partial<Limits> = {}, name = 'dev'): StageConfiguration {
  return {
    name,
    stage: { deploy: 'any-limits', tableRemoval: 'retain', logRetentionDays: 7 },
    throttle: {
      stage: name,
      limits: { ...limits, ...change },
      evidence: { kind: 'placeholder', note: 'for a test' },
    },
  };
}
