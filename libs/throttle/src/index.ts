export { evidenceSchema, fingerprintSchema, measurementsSchema } from './evidence.ts';
export type { Evidence, Fingerprint, MeasuredEvidence, Measurements } from './evidence.ts';
export { hashTemplate } from './fingerprint.ts';
export { FingerprintError, fingerprintOf } from './read-fingerprint.ts';
export {
  explainableConfigSchema,
  limitsSchema,
  parseExplainableConfig,
  parseThrottleConfig,
  printThrottleConfig,
  throttleConfigSchema,
  ThrottleConfigError,
} from './throttle-config.ts';
export type { ExplainableConfig, Limits, ThrottleConfig } from './throttle-config.ts';
export { TokenBucket } from './token-bucket.ts';
export type { BucketLimits } from './token-bucket.ts';
