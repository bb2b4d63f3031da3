import { outcomes, type RunRecord } from '@spillway/capacity';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { runStep, type StepRequest, type TakenStep } from './run-step.ts';

/** Result of calibrating the generator, as a run record keeps it. */
export type Calibration = NonNullable<RunRecord['calibration']>;

export interface CalibrationRequest extends Pick<
  StepRequest,
  'runId' | 'resultsDirectory' | 'payloadBytes' | 'horizonMs' | 'access' | 'generators'
> {
  /** Twice the top rate planned (method, section 0). */
  readonly ratePerSecond: number;
  readonly holdMs?: number;
  readonly warmUpMs?: number;
  readonly signal?: AbortSignal;
}

const ACHIEVED_AT_LEAST = 0.99;
const EVENT_LOOP_DELAY_BELOW_MS = 10;
/** One attempt can fall into a host stall, which says nothing of the generator. */
const ATTEMPTS = 3;
const readySchema = z.object({ kind: z.literal('ready'), port: z.int() });

/**
 * Sends a step to a server that does nothing: what the generator can't hold there, it can't hold against a stage. It
 * signs as it will for the stage, since that is part of its work; the server doesn't look.
 * Passes when at least 0.99 of the requests went out within the span and were answered, with an event-loop delay
 * p99 below 10 ms.
 * @throws what `runStep` throws
 */
export async function calibrate(request: CalibrationRequest): Promise<Calibration> {
  const server = fork(fileURLToPath(new URL('./null-server.ts', import.meta.url)), { execArgv: [] });
  try {
    const baseUrl = `http://127.0.0.1:${await portOf(server)}/`;
    for (let attempt = 1; ; attempt += 1) {
      const workers = request.generators?.count ?? 1;
      const name = `calibration-${workers > 1 ? `${workers}-workers-` : ''}${String(attempt).padStart(2, '0')}`;
      const step = await runStep(stepOf(request, name, baseUrl));
      const calibration = { ...judge(request.ratePerSecond, step), workers };
      if (calibration.passed || attempt === ATTEMPTS) return calibration;
    }
  } finally {
    server.kill('SIGKILL');
  }
}

function stepOf(request: CalibrationRequest, name: string, baseUrl: string): StepRequest {
  const { ratePerSecond, holdMs = 3000, warmUpMs = 1000, ...rest } = request;
  const arrivals = { kind: 'poisson', ratePerSecond, seed: 1 } as const;
  return { ...rest, name, baseUrl, purpose: 'calibration', arrivals, warmUpMs, holdMs, limits: 'applied' };
}

function judge(offeredPerSecond: number, { record, answers }: TakenStep): Calibration {
  const endMs = record.warmUpMs + record.holdMs;
  let offered = 0;
  let achieved = 0;
  for (let i = 0; i < answers.count; i += 1) {
    const intendedMs = answers.intendedMs[i] as number;
    if (intendedMs < record.warmUpMs) continue;
    offered += 1;
    const isAcknowledged = outcomes[answers.outcome[i] as number] === 'acknowledged';
    if (isAcknowledged && intendedMs + (answers.latenessMs[i] as number) <= endMs) achieved += 1;
  }
  const achievedRatio = offered > 0 ? achieved / offered : 0;
  const { latenessP99Ms, eventLoopDelayP99Ms, socketCapHit } = record.generator;
  const keepsUp = achievedRatio >= ACHIEVED_AT_LEAST && eventLoopDelayP99Ms < EVENT_LOOP_DELAY_BELOW_MS;
  return { offeredPerSecond, achievedRatio, latenessP99Ms, passed: keepsUp && !socketCapHit };
}

async function portOf(server: ChildProcess): Promise<number> {
  const [message] = (await Promise.race([
    once(server, 'message'),
    once(server, 'exit').then(([exitCode]) =>
      Promise.reject(new Error(`null server ended with ${exitCode}`)),
    ),
  ])) as [unknown];
  return readySchema.parse(message).port;
}
