import { MEMORY_SIZES } from '@spillway/capacity';
import { measurementsSchema } from '@spillway/throttle';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const milliseconds = z.number().positive();

const profileSchema = z.strictObject({
  /**
   * Arrivals of the discovery steps: Poisson is what independent clients look like; evenly spaced ones queue less,
   * but a short step tells more with them.
   */
  arrivals: z.enum(['constant', 'poisson']),
  /** First rate of the staircase, and the rate at which the search stops looking, requests/s. */
  startPerSecond: z.number().positive(),
  maxPerSecond: z.number().positive(),
  holdMs: milliseconds,
  warmUpMs: milliseconds,
  /** Load before the search, so that execution environments are up and their code is compiled. */
  warmUps: z.array(z.strictObject({ ratePerSecond: z.number().positive(), holdMs: milliseconds })),
  /** The bracket is narrow enough when upper ≤ lower × (1 + this). */
  bracketRatio: z.number().positive(),
  /** Measurements of the bracket's lower end; it gets two even where this is 1. */
  repeats: z.int().min(1),
  /** All discovery steps together take no longer than about this. */
  discoveryBudgetMs: milliseconds,
  replayHoldMs: milliseconds,
  /** First and largest burst tried, requests. */
  burstStartRequests: z.int().positive(),
  burstMaxRequests: z.int().positive(),
  /** All steps of a payload sweep together take no longer than about this. */
  payloadSweepBudgetMs: milliseconds.default(120_000),
});

const sweepsSchema = z.strictObject({
  /** Bodies of a payload sweep, beside the run's own; an item of more than 400 KB is none (F42). */
  payloadBytes: z.array(z.int().min(256).max(400_000)).min(1),
  /** Memory sizes of a memory sweep, MB, beside the deployed one (F37). */
  memorySizes: z.array(z.int().min(128).max(10_240)).min(1),
});

/** `apps/loadtest/slo.json`: what the limits must hold, and how long each profile looks. */
export const settingsSchema = z.strictObject({
  targets: measurementsSchema.shape.targets,
  payloadBytes: z.int().positive(),
  /** A later answer is a timeout; well above the SLO's latency, so that the tail is seen. */
  horizonMs: milliseconds,
  sweeps: sweepsSchema.default({
    payloadBytes: [1024, 4096, 16_384, 65_536, 262_144],
    memorySizes: [...MEMORY_SIZES],
  }),
  profiles: z.strictObject({ quick: profileSchema, full: profileSchema }),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Profile = z.infer<typeof profileSchema>;

/** A settings file that can't be used. */
export class SettingsError extends Error {
  readonly code = 'SETTINGS_INVALID';
  readonly file: string;

  constructor(file: string, reason: string, cause?: unknown) {
    super(`${file}: ${reason}; see apps/loadtest/slo.json for a complete one`, { cause });
    this.name = 'SettingsError';
    this.file = file;
  }
}

/** Reads and checks a settings file. @throws SettingsError */
export function readSettings(file: string): Settings {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SettingsError(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = settingsSchema.safeParse(json);
  if (!parsed.success)
    throw new SettingsError(file, z.prettifyError(parsed.error).replaceAll('\n', ' '), parsed.error);
  return parsed.data;
}
