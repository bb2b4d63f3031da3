export { evidenceSchema, fingerprintSchema, measurementsSchema } from './evidence.ts';
export type { Evidence, Fingerprint, MeasuredEvidence, Measurements } from './evidence.ts';
export { hashTemplate } from './fingerprint.ts';
export { FingerprintError, fingerprintOf } from './read-fingerprint.ts';
export {
  limitsSchema,
  parseThrottleConfig,
  printThrottleConfig,
  throttleConfigSchema,
  ThrottleConfigError,
} from './throttle-config.ts';
export type { Limits, ThrottleConfig } from './throttle-config.ts';
export { TokenBucket } from './token-bucket.ts';
export type { BucketLimits } from './token-bucket.ts';
