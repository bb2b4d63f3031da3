import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Keeps the groups it is told (`+ 12`, `- 12`), and kills those left when its input ends, however that came. The long
 * form of kill is the one that every shell takes with a group.
 */
const SCRIPT = `
groups=
while read -r sign group; do
  if [ "$sign" = + ]; then groups="$groups $group"; continue; fi
  kept=
  for g in $groups; do [ "$g" = "$group" ] || kept="$kept $g"; done
  groups=$kept
done
for g in $groups; do kill -s KILL -- "-$g"; done
`;

let shell: ChildProcess | null = null;

/** From now on this process group ends with us: contestants know nothing of the process that measures them. */
export function guardGroup(group: number): void {
  shell ??= startShell();
  shell.stdin?.write(`+ ${group}\n`);
}

/** Call when the group is gone: its number may be given to another from then on. */
export function releaseGroup(group: number): void {
  shell?.stdin?.write(`- ${group}\n`);
}

function startShell(): ChildProcess {
  // In a session of its own: what is meant for this process's group must not reach it.
  const started = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  started.stdin?.on('error', () => {});
  started.unref();
  // A pipe's handle keeps the process too.
  if (started.stdin && 'unref' in started.stdin) (started.stdin as unknown as { unref(): void }).unref();
  return started;
}
