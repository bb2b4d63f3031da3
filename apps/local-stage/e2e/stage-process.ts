import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The local stage as a process of its own, started as a load test starts it. */
export interface StageProcess {
  readonly process: ChildProcess;
  readonly baseUrl: string;
  readonly awsEndpoint: string;
  readonly stackName: string;
  readonly region: string;
  /** Everything it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

const PROJECT_ROOT = join(__dirname, '..');

/** The template of the echo fixture: routes that do what their path says. */
export const ECHO_TEMPLATE = join(__dirname, '__fixtures__/echo-stage/Echo.template.json');

/** The template of the HTTP API fixture: an echo, and what `?act=` asks for. */
export const HTTP_TEMPLATE = join(__dirname, '__fixtures__/http-stage/Http.template.json');

/** Starts it and waits until it answers; rejects with what it printed when it does not. */
export async function startStageProcess(...args: readonly string[]): Promise<StageProcess> {
  const child = fork(join(PROJECT_ROOT, 'src/main.ts'), args, { stdio: 'pipe', execArgv: [] });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (!ready) throw new Error(`the local stage ended before it was ready: ${printed}`);
  const [message] = ready as [Pick<StageProcess, 'baseUrl' | 'awsEndpoint' | 'stackName' | 'region'>];
  return {
    process: child,
    baseUrl: message.baseUrl,
    awsEndpoint: message.awsEndpoint,
    stackName: message.stackName,
    region: message.region,
    output: () => printed,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
