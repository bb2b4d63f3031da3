import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../process/child-environment.ts';
import type { ServerNews, ServerOrder, ServerRecord, StallPlan } from './server-protocol.ts';

/** A server in a process of its own that does nothing, and is the witness of what each tool really sent. */
export interface NullServer {
  readonly pid: number;
  readonly url: string;
  /** From now on a new record. @returns resolves with the first request */
  begin(stalls: StallPlan | null): Promise<{ readonly first: Promise<void> }>;
  end(): Promise<ServerRecord>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./null-server-main.ts', import.meta.url));

/** Starts it on a free port; it ends with its channel, however this process ends. */
export async function startNullServer(): Promise<NullServer> {
  const child = fork(MAIN, [], {
    env: childEnvironment(),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  if (child.pid === undefined) throw new Error(`${MAIN}: did not start`);
  const exited = once(child, 'exit');
  const { port } = await newsOf(child, 'ready');
  const ask = (order: ServerOrder) => child.send(order);
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${port}/`,
    async begin(stalls) {
      const begun = newsOf(child, 'begun');
      ask({ kind: 'begin', stalls });
      await begun;
      const first = newsOf(child, 'first').then(() => undefined);
      // Whoever waits for it may have given up by the time the server ends.
      first.catch(() => undefined);
      return { first };
    },
    async end() {
      const record = newsOf(child, 'record');
      ask({ kind: 'end' });
      return (await record).record;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

type News<K extends ServerNews['kind']> = Extract<ServerNews, { kind: K }>;

/** The next news of this kind. */
function newsOf<K extends ServerNews['kind']>(child: ChildProcess, kind: K): Promise<News<K>> {
  return new Promise((resolve, reject) => {
    const done = () => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    const onMessage = (news: ServerNews) => {
      if (news.kind !== kind) return;
      done();
      resolve(news as News<K>);
    };
    const onExit = (code: number | null) => {
      done();
      reject(new Error(`null server: ended with ${code}, want ${kind}`));
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
