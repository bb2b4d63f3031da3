import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Keeps the pids it is told (`+ 12`, `- 12`), and kills those left when its input ends. A shell: 1 MB, 2 ms. */
const SCRIPT = `
pids=
while read -r sign pid; do
  if [ "$sign" = + ]; then pids="$pids $pid"; continue; fi
  kept=
  for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done
  pids=$kept
done
[ -z "$pids" ] || kill -9 $pids
`;

/**
 * Outlives this process to kill the children it leaves, if it is killed itself. A child notices the end of its
 * channel on its own, except one whose handler never yields: that one would spin on for ever.
 */
export class OrphanGuard {
  #shell: ChildProcess | null = null;

  watch(pid: number): void {
    this.#shell ??= startShell();
    this.#tell(`+ ${pid}`);
  }

  /** Call when the process has been reaped: its pid may be given to another from then on. */
  forget(pid: number): void {
    this.#tell(`- ${pid}`);
  }

  /** Resolves when the guard itself is gone; it kills what it still watches. */
  async close(): Promise<void> {
    const shell = this.#shell;
    this.#shell = null;
    if (!shell || shell.exitCode !== null || shell.signalCode !== null || shell.pid === undefined) return;
    shell.ref();
    const exited = once(shell, 'exit');
    shell.stdin?.end();
    await exited;
  }

  #tell(line: string): void {
    if (this.#shell?.stdin?.writable) this.#shell.stdin.write(`${line}\n`);
  }
}

function startShell(): ChildProcess {
  // In a session of its own: a Ctrl-C or a kill meant for this process's group must not reach it.
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Whoever ends a tree of processes from its leaves up, as Nx does after Ctrl-C, means this process too, and would wait
  // in vain for a frozen environment to end before that.
  shell.on('exit', (_status, signal) => {
    if (signal === 'SIGTERM') process.kill(process.pid, signal);
  });
  // Without a shell, children still end with their channel.
  shell.on('error', () => {});
  shell.stdin?.on('error', () => {});
  shell.unref();
  return shell;
}
