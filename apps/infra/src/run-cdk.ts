import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Runs the workspace's pinned CDK CLI to its end, on this terminal.
 * @param cwd folder with `cdk.json`
 * @returns its exit code; 1 where a signal ended it
 */
export async function runCdk(args: readonly string[], cwd: string): Promise<number> {
  const manifest = createRequire(import.meta.url).resolve('aws-cdk/package.json');
  const child = spawn(process.execPath, [join(dirname(manifest), 'bin/cdk'), ...args], {
    cwd,
    stdio: 'inherit',
  });
  // A deployment in progress ends itself, in its own order; Ctrl-C reaches it through the terminal.
  const onInterrupt = () => undefined;
  const onTerminate = () => child.kill('SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  }
}
