import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { GIT } from './machine.ts';
import type { Machine } from './machine.ts';

/** Runs git in the machine's checkout, with an identity. */
export type RunGit = (...args: readonly string[]) => string;

/** Makes the machine's checkout a repository of one commit with what is in it, and an `origin` to push to. */
export function makeClone(machine: Machine): RunGit {
  const origin = originOf(machine);
  const env = {
    HOME: machine.root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const git: RunGit = (...args) =>
    execFileSync(GIT, args, { cwd: machine.checkout, stdio: 'pipe', encoding: 'utf8', env });
  git('init', '--quiet', '--bare', origin);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message=base');
  git('remote', 'add', 'origin', origin);
  return git;
}

/** Asks the repository that was pushed to. */
export function askOrigin(machine: Machine, ...args: readonly string[]): string {
  return execFileSync(GIT, args, { cwd: originOf(machine), encoding: 'utf8' });
}

function originOf(machine: Machine): string {
  return join(machine.root, 'origin.git');
}
