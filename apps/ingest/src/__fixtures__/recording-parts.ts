import { createRequestHandler } from '../answer-request.ts';
import type { EntryStore } from '../entry-store.ts';

/** A request handler over `store` whose metrics and logs can be read. */
export function recordParts(store: EntryStore) {
  const metrics: string[] = [];
  const logs: { level: 'warn' | 'error'; message: unknown; extra: unknown }[] = [];
  let flushes = 0;
  const record = (level: 'warn' | 'error') => (message: string, extra: unknown) => {
    logs.push({ level, message, extra });
  };
  const handle = createRequestHandler({
    store,
    logger: { warn: record('warn'), error: record('error') },
    metrics: {
      addMetric: (name) => void metrics.push(name),
      publishStoredMetrics: () => void flushes++,
    },
  });
  return {
    metrics,
    logs,
    flushes: () => flushes,
    send: (event: unknown) => handle(event, { awsRequestId: 'lambda-1' }),
  };
}
