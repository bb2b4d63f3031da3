import * as z from 'zod';

/** How often a new execution environment is called, one invocation after the other. */
export interface InvocationPlan {
  /** Of every id. */
  readonly idPrefix: string;
  /** Entries of one invocation; null for one that is no batch. */
  readonly batchEntries: number | null;
  /** After the first invocation. */
  readonly early: number;
  readonly warmUp: number;
  readonly warm: number;
}

const handlerUseSchema = z.strictObject({
  /** Taking the handler's file in: what Lambda calls init. */
  init: z.strictObject({ cpuMs: z.number().positive(), wallMs: z.number().positive() }),
  /** The first invocation, which connects and compiles; null where none was planned. */
  firstCpuMs: z.nullable(z.number()),
  /** Of each of the invocations that follow the first, before anything is warm. */
  earlyCpuMs: z.nullable(z.number()),
  /** Of each invocation after the warm-up. */
  warmCpuMs: z.nullable(z.number()),
  /** All that were acknowledged. */
  entries: z.int().nonnegative(),
});

/** What one execution environment took; CPU is user and system time of all threads. */
export type HandlerUse = z.infer<typeof handlerUseSchema>;

/** @throws when the last line of what a child printed is no report */
export function parseHandlerUse(printed: string): HandlerUse {
  return handlerUseSchema.parse(JSON.parse(printed.slice(printed.lastIndexOf('\n') + 1)));
}
