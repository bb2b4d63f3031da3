import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const MAIN = resolve(__dirname, '../src/main.ts');
const TIMEOUT_MS = 60_000;

/** Runs the command as a process of its own: what it checks with can be loaded by Node only, not by Jest. */
export function runPack(...args: readonly string[]) {
  return runPackIn({ GITHUB_REPOSITORY: undefined }, ...args);
}

/** The same with environment variables of its own. */
export function runPackIn(
  variables: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    env,
  });
  return { status, stdout, stderr };
}
