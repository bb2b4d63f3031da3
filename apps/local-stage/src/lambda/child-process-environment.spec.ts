import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { ChildMemory } from './child-memory.ts';
import { ChildProcessEnvironment } from './child-process-environment.ts';
import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';
import { MemoryGuard } from './memory-guard.ts';
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
  const printed: EmbeddedMetric[] = [];
  const attendants = {
    memory: new ChildMemory(child.pid, new MemoryGuard(() => memoryMb), 128),
    log: null,
    onMetrics: (metrics: readonly EmbeddedMetric[]) => void printed.push(...metrics),
  };
  let memoryMb = 100;
  return {
    child,
    printed,
    holdMb: (held: number) => (memoryMb = held),
    environment: new ChildProcessEnvironment(child as unknown as ChildProcess, 60_000, attendants),
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

  it('loses an invocation whose process holds more than its memory, and no other', async () => {
    const { child, environment, say, holdMb, exit, disconnect } = fakeChild();
    say({ kind: 'ready' });
    const first = environment.invoke({}, context, 60_000);
    say({ kind: 'returned', json: '1', durationMs: 1 });
    expect(await first).toMatchObject({ outcome: { kind: 'returned' } });
    holdMb(129);
    expect(await environment.invoke({}, context, 60_000)).toMatchObject({
      outcome: { kind: 'crashed', reason: expect.stringContaining('Runtime.OutOfMemory') },
    });
    expect(child.signals).toEqual(['SIGKILL']);
    exit(null, 'SIGKILL');
    disconnect();
    await environment.gone;
  });

  it('fails an init that holds more than the memory', async () => {
    const { environment, holdMb } = fakeChild();
    holdMb(129);
    expect(await environment.ready).toMatchObject({
      kind: 'failed',
      outcome: { reason: expect.stringContaining('Runtime.OutOfMemory') },
    });
  });

  it('passes on what was printed of metrics, with the answer, before it and at the end', () => {
    const metric = { namespace: 'N', metric: 'M', dimensions: {}, values: [1], atMs: 1 };
    const { environment, say, printed } = fakeChild();
    say({ kind: 'ready' });
    void environment.invoke({}, context, 60_000);
    say({ kind: 'printed-metrics', metrics: [metric] });
    say({ kind: 'returned', json: '1', durationMs: 1, metrics: [metric] });
    say({ kind: 'exiting', reason: 'r', begun: false, metrics: [metric] });
    expect(printed).toEqual([metric, metric, metric]);
  });

  it('is gone at once when the process could not be started', async () => {
    const { child, environment } = fakeChild();
    child.pid = undefined;
    child.emit('error', new Error('spawn ENOENT'));
    await environment.gone;
    expect(await environment.ready).toMatchObject({ kind: 'failed', outcome: { kind: 'crashed' } });
  });
});
