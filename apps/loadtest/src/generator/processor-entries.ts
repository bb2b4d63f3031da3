import { setImmediate as eventLoopRound } from 'node:timers/promises';
import { isPromise, type ProcessorFunction } from './processor.ts';

/** A processor's function made something that can't be sent, or too much; nothing was sent. */
export class ProcessorEntryError extends Error {
  readonly code = 'PROCESSOR_ENTRY';

  constructor(name: string, problem: string, options?: ErrorOptions) {
    super(`processor function ${name}: ${problem}`, options);
    this.name = 'ProcessorEntryError';
  }
}

/** Whose entries are made. `vars`: the virtual user's variables. */
export interface ProcessorEntries {
  readonly name: string;
  readonly make: ProcessorFunction;
  readonly runId: string;
  readonly stepName: string;
  readonly vars: Readonly<Record<string, unknown>>;
}

/** All entries of a step are in memory at once. */
export const MAX_ENTRIES_BYTES = 512 * 1024 * 1024;
/** Entries made without looking up: then signals and other threads get their turn. */
const BATCH = 1000;

/**
 * Bodies of the requests with these sequences: what the function returns for `(id, sequence, vars)`, under that id,
 * whatever it says itself, as the audit looks for it. Made before the step: what a script costs must delay no arrival.
 * @throws ProcessorEntryError naming the request
 */
export async function processorEntries(
  { name, make, runId, stepName, vars }: ProcessorEntries,
  sequences: readonly number[],
  maxBytes = MAX_ENTRIES_BYTES,
): Promise<readonly string[]> {
  const bodies: string[] = [];
  let bytes = 0;
  for (const sequence of sequences) {
    const id = `loadtest.${runId}.${stepName}.${sequence}`;
    const body = await bodyOf(name, make, [id, sequence, vars]);
    bodies.push(body);
    bytes += Buffer.byteLength(body);
    if (bytes > maxBytes) {
      const found = `the first ${bodies.length} of ${sequences.length} entries take ${bytes} bytes`;
      throw new ProcessorEntryError(name, `${found}, want ≤ ${maxBytes} in all; split the step`);
    }
    if (bodies.length % BATCH === 0) await eventLoopRound();
  }
  return bodies;
}

async function bodyOf(
  name: string,
  make: ProcessorFunction,
  call: [id: string, sequence: number, vars: unknown],
): Promise<string> {
  const [id, sequence] = call;
  let body: string;
  let entry: unknown;
  try {
    const returned = make(...call);
    entry = isPromise(returned) ? await returned : returned;
    body = JSON.stringify({ ...(entry as object), id });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProcessorEntryError(name, `failed for request ${sequence}: ${reason}`, { cause });
  }
  if (entry !== null && typeof entry === 'object' && !Array.isArray(entry)) return body;
  throw new ProcessorEntryError(name, `returned ${describe(entry)} for request ${sequence}, want an object`);
}

function describe(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (found === null) return 'null';
  return Array.isArray(found) ? 'a list' : `a ${typeof found}`;
}
