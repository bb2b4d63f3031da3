import { createRequestHandler } from '../answer-request.ts';
import type { EntryStore } from '../entry-store.ts';

/** More than any deadline needs. */
const TIMEOUT_MS = 29_000;

/** A request handler over `store` whose metrics and logs can be read. */
export function recordParts(store: EntryStore) {
  const metrics: Record<string, number> = {};
  const logs: { level: 'warn' | 'error'; message: unknown; extra: unknown }[] = [];
  let flushes = 0;
  const record = (level: 'warn' | 'error') => (message: string, extra: unknown) => {
    logs.push({ level, message, extra });
  };
  const handle = createRequestHandler({
    store,
    logger: { warn: record('warn'), error: record('error') },
    metrics: {
      addMetric: (name, _unit, count) => void (metrics[name] = count),
      publishStoredMetrics: () => void flushes++,
    },
  });
  return {
    metrics,
    logs,
    flushes: () => flushes,
    send: (event: unknown, remainingMs: number | (() => number) = TIMEOUT_MS) =>
      handle(event, {
        awsRequestId: 'lambda-1',
        getRemainingTimeInMillis: typeof remainingMs === 'number' ? () => remainingMs : remainingMs,
      }),
  };
}
