/**
 * The limit to compare with: the handler called in a closed loop in one process, with no gateway and no pool between.
 * Takes closed jobs as the load process does; the handler's file is its argument.
 */
import { createRequire } from 'node:module';
import { entryBody } from '../load/entry.ts';
import type { ClosedJob, LoadAnswer, LoadResult } from '../load/job.ts';
import { Ledger } from '../load/ledger.ts';

type Handler = (event: unknown, context: unknown) => Promise<{ readonly statusCode: number }>;

const { handler } = createRequire(import.meta.url)(process.argv[2] ?? '') as { handler: Handler };

/** The function's timeout: no call comes near it. */
const TIMEOUT_MS = 29_000;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', (job) => void answer(job as ClosedJob));

async function answer(job: ClosedJob): Promise<void> {
  const message: LoadAnswer = await run(job).then(
    (result) => ({ ok: true, result }),
    (error: unknown) => ({ ok: false, message: String(error) }),
  );
  process.send?.(message);
}

async function run(job: ClosedJob): Promise<LoadResult> {
  const ledger = new Ledger();
  const startMs = performance.now();
  const caller = async () => {
    while (performance.now() < startMs + job.durationMs) {
      const sequence = ledger.send();
      const sentMs = performance.now();
      const ending = await call(`${job.idPrefix}${sequence}`, `request-${sequence}`);
      ledger.settle(sequence, { ending }, performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: job.connections }, caller));
  const tookMs = performance.now() - startMs;
  return { tally: ledger.tally(), latencyMs: ledger.latencyMs(), tookMs };
}

async function call(id: string, requestId: string): Promise<string> {
  const event = {
    resource: '/',
    path: '/',
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId },
    body: entryBody(id),
    isBase64Encoded: false,
  };
  try {
    const { statusCode } = await handler(event, {
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => TIMEOUT_MS,
    });
    return String(statusCode);
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
