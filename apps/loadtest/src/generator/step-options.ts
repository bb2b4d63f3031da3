import { arrivalsSchema } from '@spillway/capacity';
import * as z from 'zod';

const milliseconds = z.number().nonnegative();
/** Names go into ids, file names and JSON without escaping. */
const plainName = z.string().regex(/^[A-Za-z0-9_.-]+$/);

/** One `pace` of a flow: how its requests arrive, how long, how large, and until when an answer counts. */
export const paceSchema = z.strictObject({
  /** Part of every id and of the files; unique in the scenario. */
  name: plainName,
  arrivals: arrivalsSchema,
  warmUpMs: milliseconds.default(0),
  holdMs: milliseconds,
  payloadBytes: z.int().positive().default(1024),
  horizonMs: z.number().positive().default(10_000),
});

/** `config.engines.spillway` of a scenario. */
export const engineConfigSchema = z.strictObject({
  /** Part of every id sent; by default Artillery's own test id, new in each run. */
  runId: plainName.optional(),
  /** Sockets open at once; beyond it the step counts as bound by the generator. */
  socketCap: z.int().positive().default(2000),
  /** Where the answers go; by default nowhere, and Artillery's report is all there is. */
  resultsDirectory: z.string().min(1).optional(),
  /** Laid over every `pace` of the flow: a caller's way to reuse a scenario with other numbers. */
  pace: z.record(z.string(), z.unknown()).default({}),
});

export type Pace = z.infer<typeof paceSchema>;
export type EngineConfig = z.infer<typeof engineConfigSchema>;

/** A scenario that asks the engine for something it can't do; the message lists every issue with its place. */
export class ScenarioError extends Error {
  readonly code = 'SCENARIO_INVALID';

  constructor(place: string, issues: readonly string[]) {
    super(`artillery-engine-spillway: ${place}: ${issues.join('; ')}`);
    this.name = 'ScenarioError';
  }
}

/** @throws ScenarioError naming the place and what was found there */
export function parseOptions<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ScenarioError(
    place,
    parsed.error.issues.map(({ path, message, input }) => {
      const found =
        input !== null && typeof input === 'object' ? '' : ` ${JSON.stringify(input) ?? 'missing'}`;
      return `${path.join('.') || '(all)'}${found}: ${message}`;
    }),
  );
}
