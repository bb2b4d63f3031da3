import type { BucketLimits } from '@spillway/throttle';
import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { InvocationOutcome } from '../../gateway/integration.ts';
import { AccountConcurrency } from '../account-concurrency.ts';
import type { FunctionDefinition } from '../function-definition.ts';
import { FunctionPool, type PoolPolicy } from '../function-pool.ts';
import { FakeSource } from './fake-environments.ts';

export interface PoolSettings extends PoolPolicy {
  readonly maxEnvironments?: number;
  readonly accountConcurrency?: number;
  readonly reservedConcurrency?: number | null;
  /** New environments that Lambda would start. */
  readonly scaling?: BucketLimits;
}

/** A pool over fakes with a clock that stands still, and all it reported. */
export function openPool(settings: PoolSettings = {}) {
  const source = new FakeSource();
  const records: { metric: string; value: number; functionName: string | undefined }[] = [];
  const record: MetricsRecorder['record'] = (namespace, metric, { FunctionName }, value) =>
    void records.push({ metric: `${namespace} ${metric}`, value, functionName: FunctionName });
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs, wallMs: () => clock.nowMs };
  const failures: string[] = [];
  let ceilingReached = 0;
  const definition: FunctionDefinition = {
    name: 'ingest',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:ingest',
    bundleDirectory: '/bundle',
    handler: 'index.handler',
    environment: {},
    timeoutMs: 3_000,
    memorySizeMb: 512,
    reservedConcurrency: settings.reservedConcurrency ?? null,
  };
  const pool = new FunctionPool(
    definition,
    {
      maxEnvironments: settings.maxEnvironments ?? 4,
      onCeilingReached: () => (ceilingReached += 1),
      onFailure: (line) => failures.push(line),
    },
    new AccountConcurrency(settings.accountConcurrency ?? 1_000, settings.scaling),
    { record, series: (...name) => ({ record: (value, nowMs) => record(...name, value, nowMs) }) },
    { source, clock, spares: 0, maxStarts: 2, isHostFull: () => false, ...settings },
  );
  const outcomes: (InvocationOutcome | null)[] = [];
  return {
    pool,
    source,
    clock,
    outcomes,
    /** Lines for the user, in order. */
    failures,
    ceilingReached: () => ceilingReached,
    /** Values reported for a metric, such as `AWS/Lambda Errors`, in order. */
    values: (metric: string) =>
      records.filter((r) => r.metric === metric && r.functionName === 'ingest').map(({ value }) => value),
    /** The same for a metric of the account. */
    accountValues: (metric: string) =>
      records.filter((r) => r.metric === metric && r.functionName === undefined).map(({ value }) => value),
    /** Invokes with the event `sequence`; its outcome appears in `outcomes`. */
    invoke: () => {
      const sequence = outcomes.push(null) - 1;
      void pool.invoke(sequence, { requestId: `request-${sequence}`, traceId: 'Root=1' }).then((outcome) => {
        if (outcomes[sequence] !== null) throw new Error(`request ${sequence} was answered twice`);
        outcomes[sequence] = outcome;
      });
    },
  };
}
