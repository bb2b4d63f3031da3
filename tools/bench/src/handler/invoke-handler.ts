import { entryBody } from '../load/entry.ts';
import type { HandlerUse, InvocationPlan } from './handler-use.ts';

type Handler = (event: unknown, context: unknown) => Promise<{ readonly statusCode: number }>;

const TIMEOUT_MS = 29_000;

/** Calls the handler as planned and prints the report. @throws on the first answer that is not 200 */
export async function invokeHandler(
  handler: Handler,
  init: HandlerUse['init'],
  plan: InvocationPlan,
): Promise<void> {
  let sent = 0;
  /** CPU of each of so many invocations; their events are made before the clock starts. */
  const invoke = async (count: number): Promise<number | null> => {
    if (count === 0) return null;
    const events = Array.from({ length: count }, () => eventOf(plan, sent++));
    const before = process.cpuUsage();
    for (const event of events) await call(handler, event);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / count;
  };
  const firstCpuMs = await invoke(Math.min(1, plan.early + plan.warm));
  const earlyCpuMs = await invoke(plan.early);
  await invoke(plan.warmUp);
  const warmCpuMs = await invoke(plan.warm);
  const entries = sent * (plan.batchEntries ?? 1);
  console.log(JSON.stringify({ init, firstCpuMs, earlyCpuMs, warmCpuMs, entries } satisfies HandlerUse));
}

/** Event of format 1.0, as far as a handler reads it. */
function eventOf({ idPrefix, batchEntries }: InvocationPlan, sequence: number): unknown {
  const path = batchEntries === null ? '/' : '/batch';
  return {
    resource: path,
    path,
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: `request-${sequence}` },
    body:
      batchEntries === null
        ? entryBody(`${idPrefix}${sequence}`)
        : `{"entries":[${Array.from({ length: batchEntries }, (_, index) => entryBody(`${idPrefix}${sequence}-${index}`)).join()}]}`,
    isBase64Encoded: false,
  };
}

async function call(handler: Handler, event: unknown): Promise<void> {
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => TIMEOUT_MS };
  const answer = await handler(event, context);
  if (answer.statusCode !== 200) throw new Error(`found ${JSON.stringify(answer)}, want status 200`);
}
