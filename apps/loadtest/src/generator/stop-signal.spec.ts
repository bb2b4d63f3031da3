import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel, threadId } from 'node:worker_threads';
import { StopSignal } from './stop-signal.ts';

/** Of its own for each test: a signal listens for as long as its thread lives. */
let channel: BroadcastChannel;
let heard: unknown[];
beforeEach(() => {
  heard = [];
  channel = new BroadcastChannel(`spec.${randomUUID()}`);
  channel.onmessage = (event) => heard.push((event as { data: unknown }).data);
});
afterEach(() => channel.close());

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(1);
}

describe('StopSignal', () => {
  it('aborts the work under way and tells when that has ended, not before', async () => {
    const stop = new StopSignal(channel.name);
    let end = (): void => undefined;
    let isAborted = false;
    const work = stop.during((signal) => {
      signal.addEventListener('abort', () => (isAborted = true));
      return new Promise<void>((resolve) => (end = resolve));
    });
    channel.postMessage('stop');
    await until(() => isAborted);
    await sleep(10);
    expect(heard).toEqual([]);
    end();
    await work;
    await until(() => heard.length > 0);
    expect(heard[0]).toEqual({ stopped: threadId });
  });

  it('answers at once, and again, when nothing is under way', async () => {
    const stop = new StopSignal(channel.name);
    channel.postMessage('stop');
    await until(() => heard.length > 0);
    expect(stop.isStopped).toBe(true);
    const before = heard.length;
    channel.postMessage('stop');
    await until(() => heard.length > before);
  });

  it('waits no longer for work that nobody needs the end of', async () => {
    const stop = new StopSignal(channel.name);
    const thinking = stop.unlessStopped(new Promise(() => undefined));
    channel.postMessage('stop');
    await thinking;
    await stop.unlessStopped(new Promise(() => undefined));
    expect(stop.isStopped).toBe(true);
  });

  it('lets work end by itself, well or not', async () => {
    const stop = new StopSignal(channel.name);
    await stop.unlessStopped(Promise.resolve());
    await expect(stop.unlessStopped(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(stop.during(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(stop.isStopped).toBe(false);
  });
});
