import type { IngestOutcome } from './ingest.ts';

/** What one log line says besides the ids of the request. */
export interface Trouble {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The log line of what was thrown where nothing should have been. */
export function describeDefect(thrown: unknown): Trouble {
  return { level: 'error', message: 'request failed', facts: { error: toError(thrown) } };
}

/** The log line of one entry's outcome; undefined if all is well. */
export function findTrouble(outcome: IngestOutcome): Trouble | undefined {
  if (outcome.status === 'failed') return describeDefect(outcome.error);
  if (outcome.status !== 'unavailable') return undefined;
  const { message, reason, cause } = outcome.error;
  return { level: 'warn', message, facts: { reason, ...(cause instanceof Error && { error: cause }) } };
}

/**
 * The log lines of a batch: one for each kind of trouble, told apart by reason or name of error, with the number of
 * `entries` it befell. A table that is away costs one line, not a hundred (F75).
 */
export function sumTroubles(outcomes: readonly IngestOutcome[]): Trouble[] {
  const troubles = new Map<string, { readonly first: Trouble; entries: number }>();
  for (const outcome of outcomes) {
    const trouble = findTrouble(outcome);
    if (!trouble) continue;
    const kind = outcome.status === 'failed' ? toError(outcome.error).name : trouble.message;
    const sum = troubles.get(kind) ?? { first: trouble, entries: 0 };
    sum.entries++;
    troubles.set(kind, sum);
  }
  return [...troubles.values()].map(({ first, entries }) => ({
    ...first,
    facts: { ...first.facts, entries },
  }));
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
}
