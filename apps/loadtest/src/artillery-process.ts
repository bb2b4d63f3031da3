import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './environment.ts';

/** How an Artillery process ended. `output`: the last 16 KB of what it printed. */
export interface ArtilleryEnd {
  readonly exitCode: number | null;
  readonly stoppedBy: 'itself' | 'caller' | 'deadline';
  readonly output: string;
}

/** What an Artillery process may do. */
export interface ProcessTerms {
  /** After which it is taken to hang and is killed, ms. */
  readonly deadlineMs: number;
  /** From the wish to stop to SIGKILL, ms: long enough for the engine to write what it has. */
  readonly stopGraceMs: number;
  /** Laid over this process's environment. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

const OUTPUT_KEPT = 16_384;

const packageFile = createRequire(import.meta.url).resolve('artillery/package.json');
const artilleryCli = path.join(path.dirname(packageFile), 'bin', 'run');
const preload = new URL('./artillery-preload.ts', import.meta.url).href;
/** Compiled code is kept between steps: it halves Artillery's start. */
const compileCache = path.join(path.dirname(packageFile), '..', '.cache', 'spillway', 'artillery');

/**
 * Runs `artillery <args>` in a process of its own, which is gone when this returns, and which ends with this
 * process, however that ends.
 * @param signal aborted: the engine is asked to stop, and the process killed if it doesn't
 */
export async function runArtillery(
  args: readonly string[],
  { deadlineMs, stopGraceMs, variables }: ProcessTerms,
  signal: AbortSignal,
): Promise<ArtilleryEnd> {
  // A group of its own: Ctrl-C reaches this process alone, which then decides how the step ends.
  const child = spawn(process.execPath, ['--import', preload, artilleryCli, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...environment.inherited,
      ...variables,
      ARTILLERY_DISABLE_TELEMETRY: 'true',
      NODE_COMPILE_CACHE: compileCache,
    },
  });
  let output = '';
  const keep = (chunk: string) => (output = (output + chunk).slice(-OUTPUT_KEPT));
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);

  let stoppedBy: ArtilleryEnd['stoppedBy'] = 'itself';
  const timers: NodeJS.Timeout[] = [];
  const kill = () => child.kill('SIGKILL');
  const onAbort = () => {
    stoppedBy = 'caller';
    // It may have closed the channel by ending at this very moment; then there is nobody to tell.
    if (child.connected) child.send({ kind: 'stop' }, () => undefined);
    timers.push(setTimeout(kill, stopGraceMs));
  };
  timers.push(
    setTimeout(() => {
      stoppedBy = 'deadline';
      kill();
    }, deadlineMs),
  );
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, stoppedBy, output };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
