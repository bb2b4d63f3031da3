import type { Clock } from '../../gateway/clock.ts';
import type { EngineCalls } from '../engine-calls.ts';
import type { TableAnswer } from '../table-answer.ts';
import { watchUnits } from './watch-units.ts';
import type { Meter } from './meter.ts';
import type { MeteredCall } from './metered-call.ts';
import { SizeLookup } from './size-lookup.ts';
import { reducedBatch, withUnprocessed } from './split-batch.ts';

/** A call on its way to the engine. */
export interface PassingCall {
  readonly call: MeteredCall;
  /** As it came. */
  readonly body: Buffer;
  readonly rawHeaders: readonly string[];
  /** What was added to the table's own time. */
  readonly latencyMs: number;
  forward(body: Buffer): Promise<TableAnswer>;
}

/**
 * Admits the call, passes on what was admitted, and charges what it cost.
 * @throws the connection's error; then nothing was charged
 */
export async function serveMetered(
  { call, body, rawHeaders, latencyMs, forward }: PassingCall,
  meter: Meter,
  engine: EngineCalls,
  clock: Clock,
): Promise<TableAnswer> {
  const admission = meter.admit(call);
  if (admission.kind === 'refused') return admission.answer;
  const { parts } = admission;
  try {
    const settleUnits = await watchUnits(call, parts, new SizeLookup(engine, rawHeaders));
    const isWhole = parts.length === call.parts.length;
    const sentAtMs = clock.monotonicMs();
    const answer = await forward(
      isWhole ? body : Buffer.from(JSON.stringify(reducedBatch(call, (part) => parts.includes(part)))),
    );
    meter.answered(call, answer.statusCode, latencyMs + clock.monotonicMs() - sentAtMs);
    meter.settle(parts, await settleUnits(answer));
    return isWhole ? answer : withUnprocessed(answer, call, (part) => !parts.includes(part));
  } catch (error) {
    meter.settle(parts, []);
    throw error;
  }
}
