import * as z from 'zod';
import { expectedArrivals, MAX_ARRIVALS, paceArrivalsSchema } from './pace-arrivals.ts';
import { payloadSchema } from './payload-size.ts';
import { authSchema } from './sign/auth-options.ts';

const milliseconds = z.number().nonnegative();
/** Names go into ids, file names and JSON without escaping. */
const plainName = z.string().regex(/^[A-Za-z0-9_.-]+$/);

/** One `pace` of a flow: how its requests arrive, how long, how large, and until when an answer counts. */
export const paceSchema = z
  .strictObject({
    /** Part of every id and of the files; of two steps with one name only the first is sent (`TakenSteps`). */
    name: plainName,
    arrivals: paceArrivalsSchema,
    warmUpMs: milliseconds.default(0),
    /** A replay may leave it out: it then lasts as long as its recording. */
    holdMs: milliseconds.optional(),
    payloadBytes: payloadSchema.default(1024),
    /** Processor function (id, sequence, vars) that makes the entries; their size is its own then. */
    entry: z.string().min(1).optional(),
    horizonMs: z.number().positive().default(10_000),
  })
  .superRefine(({ arrivals, warmUpMs, holdMs }, context) => {
    if (holdMs === undefined && arrivals.kind !== 'replay') {
      context.addIssue({
        code: 'custom',
        path: ['holdMs'],
        message: 'missing, want how long the step lasts in ms',
      });
    }
    const expected = expectedArrivals(arrivals, warmUpMs + (holdMs ?? 0)) ?? 0;
    if (expected <= MAX_ARRIVALS) return;
    const message = `makes ${Math.round(expected)} requests, want ≤ ${MAX_ARRIVALS}; ask for less or split the step`;
    context.addIssue({ code: 'custom', path: ['arrivals'], message });
  });

/** `config.engines.spillway` of a scenario. */
export const engineConfigSchema = z.strictObject({
  /** Part of every id sent; by default Artillery's own test id, new in each run. */
  runId: plainName.optional(),
  /** Sockets open at once; beyond it the step counts as bound by the generator. */
  socketCap: z.int().positive().default(2000),
  /** Where the answers go, a directory or s3://bucket/prefix; by default nowhere: Artillery's report is all there is. */
  resultsDirectory: z.string().min(1).optional(),
  /** How many generators send each step together, each started with this; they meet in the results directory. */
  shards: z
    .strictObject({ count: z.int().min(1).max(1000), waitMs: z.number().positive().default(60_000) })
    .optional(),
  /** How requests are signed; by default not at all. */
  auth: authSchema.optional(),
  /** A key, or `{env: NAME}`; what it is, `apiKeyOf` says, which prints no key. */
  apiKey: z.unknown().optional(),
  /** PEM file of the authority that the target's certificate is from; by default the public ones. */
  ca: z.string().min(1).optional(),
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
  throw new ScenarioError(place, parsed.error.issues.flatMap(deepest).map(describe));
}

/** Of a choice of schemas, the issues of the one that the value came closest to: the deepest in the value. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const depthOf = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map(({ path }) => path.length));
  const [closest = []] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a));
  return closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function describe({ path, message, input }: z.core.$ZodIssue): string {
  const found = input !== null && typeof input === 'object' ? '' : ` ${JSON.stringify(input) ?? 'missing'}`;
  return `${path.join('.') || '(all)'}${found}: ${message}`;
}
