import type { BuiltHandler, HandlerName } from './build-handlers.ts';
import type { HandlerUse, InvocationPlan } from './handler-use.ts';
import { runEnvironment, type EnvironmentSite } from './run-environment.ts';

/** How much is measured. */
export interface HandlerPlan {
  readonly rounds: number;
  /** Measured invocations of each environment; as many warm it up. */
  readonly invocations: number;
  /** Further starts of each handler in a round, without an invocation. */
  readonly starts: number;
}

/** What followed each other: whatever the machine did in the meantime touched all of it. */
export interface HandlerRound {
  readonly starts: readonly Readonly<Record<HandlerName, HandlerUse['init']>>[];
  readonly uses: Readonly<Record<HandlerName, HandlerUse>>;
  /** Of the function alone, in batches. */
  readonly batch: HandlerUse;
}

export const BATCH_ENTRIES = 100;

/** Invocations that still meet code that V8 has not compiled. */
export const EARLY_INVOCATIONS = 100;

/** One round: handlers take turns, and the order turns about from round to round. @param ordinal from 1 up */
export async function measureRound(
  site: EnvironmentSite,
  handlers: readonly BuiltHandler[],
  plan: HandlerPlan,
  ordinal: number,
): Promise<HandlerRound> {
  const order = ordinal % 2 === 1 ? handlers : handlers.toReversed();
  const inTurn = async <T>(measure: (handler: BuiltHandler) => Promise<T>) => {
    const found: [HandlerName, T][] = [];
    for (const handler of order) found.push([handler.name, await measure(handler)]);
    return Object.fromEntries(found) as Record<HandlerName, T>;
  };
  const invocations = { early: EARLY_INVOCATIONS, warmUp: plan.invocations, warm: plan.invocations };
  const starts: Record<HandlerName, HandlerUse['init']>[] = [];
  while (starts.length < plan.starts) {
    starts.push(await inTurn(async ({ file }) => (await runEnvironment(site, file, START_ONLY)).init));
  }
  const uses = await inTurn(({ name, file }) =>
    runEnvironment(site, file, {
      idPrefix: `${ordinal}-${handlers.findIndex((handler) => handler.name === name)}-`,
      batchEntries: null,
      ...invocations,
    }),
  );
  const ingest = handlers.find(({ name }) => name === 'ingest');
  if (ingest === undefined) throw new Error('found no ingest among the handlers, want it');
  const batches = Math.max(1, Math.ceil(plan.invocations / BATCH_ENTRIES));
  const batch = await runEnvironment(site, ingest.file, {
    idPrefix: `${ordinal}-batch-`,
    batchEntries: BATCH_ENTRIES,
    ...{ early: 1, warmUp: batches, warm: batches },
  });
  return { starts, uses, batch };
}

/** All entries that a round's environments had acknowledged. */
export function entriesOf({ uses, batch }: HandlerRound): number {
  return Object.values(uses).reduce((sum, { entries }) => sum + entries, batch.entries);
}

const START_ONLY: InvocationPlan = { idPrefix: '', batchEntries: null, early: 0, warmUp: 0, warm: 0 };
