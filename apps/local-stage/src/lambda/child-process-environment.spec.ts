import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { ChildProcessEnvironment } from './child-process-environment.ts';
import type { WorkerMessage } from './worker-protocol.ts';

/** A child process whose events come in the order the test gives them. */
function fakeChild() {
  const child = Object.assign(new EventEmitter(), {
    pid: 4711 as number | undefined,
    connected: true,
    signals: [] as string[],
    send: () => true,
    kill: (signal: string) => child.signals.push(signal) > 0,
  });
  return {
    child,
    environment: new ChildProcessEnvironment(child as unknown as ChildProcess, 60_000),
    say: (message: WorkerMessage) => child.emit('message', message),
    exit: (status: number | null, signal: string | null = null) => child.emit('exit', status, signal),
    disconnect: () => {
      child.connected = false;
      child.emit('disconnect');
    },
  };
}

const context = { requestId: 'r', traceId: 't' };

describe('ChildProcessEnvironment', () => {
  it('takes an answer that is read only after the process has exited', async () => {
    const { environment, say, exit, disconnect } = fakeChild();
    say({ kind: 'ready' });
    const answer = environment.invoke({}, context, 60_000);
    exit(0);
    say({ kind: 'returned', json: '"done"', durationMs: 3 });
    disconnect();
    expect(await answer).toEqual({
      kind: 'ran',
      outcome: { kind: 'returned', payload: 'done' },
      durationMs: 3,
    });
  });

  it.each([
    [true, { kind: 'ran', outcome: { kind: 'crashed', reason: 'r' }, durationMs: expect.any(Number) }],
    [false, { kind: 'not-begun' }],
  ])('of a process that ends and had begun: %s, says so', async (begun, expected) => {
    const { environment, say, exit, disconnect } = fakeChild();
    say({ kind: 'ready' });
    const answer = environment.invoke({}, context, 60_000);
    say({ kind: 'exiting', reason: 'r', begun });
    disconnect();
    exit(1);
    expect(await answer).toEqual(expected);
  });

  it('takes no invocation once it has ended, rather than wait for a timeout', async () => {
    const { environment, say, exit, disconnect } = fakeChild();
    say({ kind: 'ready' });
    exit(0);
    disconnect();
    expect(await environment.invoke({}, context, 60_000)).toEqual({ kind: 'not-begun' });
  });

  it('answers once, whatever arrives later', async () => {
    const { child, environment, say } = fakeChild();
    say({ kind: 'ready' });
    const answer = await Promise.race([environment.invoke({}, context, 1), environment.gone]);
    expect(answer).toMatchObject({ outcome: { kind: 'timed-out', timeoutMs: 1 } });
    expect(child.signals).toEqual(['SIGKILL']);
    expect(() => say({ kind: 'returned', json: '1', durationMs: 1 })).not.toThrow();
  });

  it('is gone at once when the process could not be started', async () => {
    const { child, environment } = fakeChild();
    child.pid = undefined;
    child.emit('error', new Error('spawn ENOENT'));
    await environment.gone;
    expect(await environment.ready).toMatchObject({ kind: 'failed', outcome: { kind: 'crashed' } });
  });
});
