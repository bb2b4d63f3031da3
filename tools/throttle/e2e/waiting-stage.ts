import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountOf, type Account } from './stage-account.ts';

/** Limits of the waiting stage. */
export interface WaitingLimits {
  readonly rateLimit: number;
  readonly burstLimit: number;
  readonly concurrency: number;
}

const MAIN = join(__dirname, '../../../apps/local-stage/src/main.ts');
const TEMPLATE = join(__dirname, '__fixtures__/waiting-stage/waiting.yaml');

/** The local stage as a process, with a function that waits for 160 to 240 ms and needs next to no CPU. */
export async function startWaitingStage({ rateLimit, burstLimit, concurrency }: WaitingLimits) {
  const logs = mkdtempSync(join(tmpdir(), 'waiting-stage-'));
  const parameters = { RateLimit: rateLimit, BurstLimit: burstLimit, Concurrency: concurrency };
  const args = Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);
  // Its ceiling is above any concurrency here: this machine must not be what refuses.
  const options = [`--template=${TEMPLATE}`, '--engine=dynalite', '--max-environments=64', ...args];
  const child = fork(MAIN, [...options, `--log-dir=${logs}`], { stdio: 'pipe', execArgv: [] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (printed += String(text)));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (ready === null) throw new Error(`the local stage ended before it was ready: ${printed}`);
  const [{ baseUrl, awsEndpoint }] = ready as [{ baseUrl: string; awsEndpoint: string }];
  return {
    baseUrl,
    awsEndpoint,
    /** What the stage's own logs say of the requests since an instant of this machine's clock, in order of arrival. */
    accountSince: (sinceMs: number): Account => {
      const text = (name: string) => readFileSync(join(logs, name), 'utf8');
      return accountOf(text('access.log'), text('waiting.log'), sinceMs);
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
      rmSync(logs, { recursive: true });
    },
  };
}
export type WaitingStage = Awaited<ReturnType<typeof startWaitingStage>>;

/**
 * Sends requests when they are due, whatever becomes of those before.
 * @param dueMs instants, ascending
 * @returns the status of each
 */
export async function sendRequests(baseUrl: string, dueMs: readonly number[]): Promise<readonly number[]> {
  const startMs = performance.now();
  return Promise.all(
    dueMs.map(async (atMs) => {
      await sleep(Math.max(0, startMs + atMs - performance.now()));
      const response = await fetch(`${baseUrl}/`);
      await response.arrayBuffer();
      return response.status;
    }),
  );
}
