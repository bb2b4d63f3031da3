import { fileURLToPath } from 'node:url';
import type { InvocationOutcome } from '../../src/gateway/integration.ts';
import { AccountConcurrency } from '../../src/lambda/account-concurrency.ts';
import type { FunctionDefinition } from '../../src/lambda/function-definition.ts';
import { FunctionPool, type PoolPolicy } from '../../src/lambda/function-pool.ts';

/** A pool of real processes over the fixture handlers. */
export function startPool(
  change: Partial<FunctionDefinition> = {},
  policy: PoolPolicy & { readonly maxEnvironments?: number } = {},
) {
  const definition: FunctionDefinition = {
    name: 'faults',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:faults',
    bundleDirectory: fileURLToPath(new URL('./handlers', import.meta.url)),
    handler: 'faults.handler',
    environment: { TABLE_NAME: 'entries' },
    timeoutMs: 30_000,
    memorySizeMb: 256,
    reservedConcurrency: null,
    ...change,
  };
  const host = {
    maxEnvironments: policy.maxEnvironments ?? 4,
    onCeilingReached: () => {},
    onFailure: () => {},
  };
  const pool = new FunctionPool(
    definition,
    host,
    new AccountConcurrency(2_000),
    { record: () => {}, series: () => ({ record: () => {} }) },
    policy,
  );
  let sequence = 0;
  const invoke = (event: unknown = {}): Promise<InvocationOutcome> =>
    pool.invoke(event, { requestId: `request-${(sequence += 1)}`, traceId: `Root=1-${sequence}` });
  /** Fails unless the handler returned; its result. */
  const call = async (event: unknown = {}): Promise<unknown> => {
    const outcome = await invoke(event);
    if (outcome.kind !== 'returned') throw new Error(`found ${JSON.stringify(outcome)}, want an answer`);
    return outcome.payload;
  };
  return { pool, invoke, call };
}
