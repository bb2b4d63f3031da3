import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import * as z from 'zod';
import type { StageAddress } from './stage-connection.ts';

/** How long the local stage may take to answer, and to stop before it is killed, ms. */
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

const readySchema = z.object({
  kind: z.literal('ready'),
  baseUrl: z.url(),
  awsEndpoint: z.url(),
  stackName: z.string(),
  region: z.string(),
});

/** A local stage that this process started; it ends with this process, however that ends. */
export interface LocalStageProcess {
  readonly address: StageAddress;
  stop(): Promise<void>;
}

/** A local stage that did not come up; the message holds what it printed last. */
export class LocalStageStartError extends Error {
  readonly code = 'LOCAL_STAGE_START';

  constructor(reason: string) {
    super(`local stage: ${reason}; try it alone with npx nx serve local-stage`);
    this.name = 'LocalStageStartError';
  }
}

/**
 * Starts `apps/local-stage` in a process of its own.
 * @param main path of its entry file
 * @param args its command line, such as `--engine=dynalite`
 */
export async function startLocalStage(main: string, args: readonly string[]): Promise<LocalStageProcess> {
  const child = fork(main, args, { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
  // On one machine the stage must not slow the generator that measures it: what it starts inherits this.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let printed = '';
  const keepTail = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(-2_000));
  child.stdout?.on('data', keepTail);
  child.stderr?.on('data', keepTail);
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(killer);
  };
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const outcome = await Promise.race([
    once(child, 'message', { signal: limit }).then(([message]: unknown[]) => readySchema.parse(message)),
    exited.then(
      ([code, signal]) => `ended with ${String(code ?? signal)} before it was ready: ${printed.trim()}`,
    ),
  ]).catch((cause: unknown) => `not ready after ${START_LIMIT_MS} ms: ${String(cause)} ${printed.trim()}`);
  if (typeof outcome === 'string') {
    await stop();
    throw new LocalStageStartError(outcome);
  }
  const { awsEndpoint, stackName, region } = outcome;
  return {
    address: {
      stackName,
      region,
      endpoint: awsEndpoint,
      credentialsProfile: undefined,
      metricPeriodSeconds: 1,
    },
    stop,
  };
}
