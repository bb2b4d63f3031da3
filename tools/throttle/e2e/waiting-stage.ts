import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Limits of the waiting stage. */
export interface WaitingLimits {
  readonly rateLimit: number;
  readonly burstLimit: number;
  readonly concurrency: number;
}

/** What one load of a real stage came to. Instants are ms from its first request on. */
export interface Recorded {
  readonly sentMs: Float64Array;
  readonly status: Uint16Array;
  readonly latencyMs: Float64Array;
  /** Longest that this process stood still: above some tens of ms the machine was not ours. */
  readonly longestGapMs: number;
}

const MAIN = join(__dirname, '../../../apps/local-stage/src/main.ts');
const TEMPLATE = join(__dirname, '__fixtures__/waiting-stage/waiting.yaml');

/** The local stage as a process, with a function that waits for 60 to 140 ms and needs next to no CPU. */
export async function startWaitingStage({ rateLimit, burstLimit, concurrency }: WaitingLimits) {
  const parameters = { RateLimit: rateLimit, BurstLimit: burstLimit, Concurrency: concurrency };
  const args = Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);
  // Its ceiling is above any concurrency here: this machine must not be what refuses.
  const options = [`--template=${TEMPLATE}`, '--engine=dynalite', '--max-environments=64', ...args];
  const child = fork(MAIN, options, { stdio: 'pipe', execArgv: [] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (printed += String(text)));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (ready === null) throw new Error(`the local stage ended before it was ready: ${printed}`);
  const [{ baseUrl, awsEndpoint }] = ready as [{ baseUrl: string; awsEndpoint: string }];
  return {
    baseUrl,
    /** Most invocations at once since an instant of this clock, as Lambda's metric has it (F62). */
    concurrencySince: (sinceMs: number) => readConcurrency(awsEndpoint, sinceMs),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Sends requests when they are due, whatever becomes of those before. @param dueMs instants, ascending */
export async function sendRequests(baseUrl: string, dueMs: readonly number[]): Promise<Recorded> {
  const sentMs = new Float64Array(dueMs.length);
  const status = new Uint16Array(dueMs.length);
  const latencyMs = new Float64Array(dueMs.length);
  const startMs = performance.now();
  let longestGapMs = 0;
  let tickMs = startMs;
  const watch = setInterval(() => {
    longestGapMs = Math.max(longestGapMs, performance.now() - tickMs - 5);
    tickMs = performance.now();
  }, 5);
  const answers = dueMs.map(async (atMs, index) => {
    await sleep(Math.max(0, startMs + atMs - performance.now()));
    sentMs[index] = performance.now() - startMs;
    const response = await fetch(`${baseUrl}/`);
    await response.arrayBuffer();
    latencyMs[index] = performance.now() - startMs - (sentMs[index] as number);
    status[index] = response.status;
  });
  await Promise.all(answers);
  clearInterval(watch);
  return { sentMs, status, latencyMs, longestGapMs };
}

async function readConcurrency(endpoint: string, sinceMs: number): Promise<number> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint, region: 'us-east-1', credentials });
  const metric = {
    Namespace: 'AWS/Lambda',
    MetricName: 'ConcurrentExecutions',
    Dimensions: [{ Name: 'FunctionName', Value: 'waiting' }],
  };
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Math.floor(sinceMs / 1000) * 1000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: [{ Id: 'most', MetricStat: { Metric: metric, Period: 1, Stat: 'Maximum' } }],
    }),
  );
  client.destroy();
  return Math.max(...(MetricDataResults[0]?.Values ?? []));
}
