import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface ScriptedServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Resolves with the next request the server gets. */
  nextRequest(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts scripted-server.ts on a free port. */
export async function startScriptedServer(
  script: 'plain' | 'mixed' | 'stop' | 'hang',
): Promise<ScriptedServer> {
  const child = fork(path.join(__dirname, 'scripted-server.ts'), [script], { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}/prod`,
    process: child,
    nextRequest: async () => void (await once(child, 'message')),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
