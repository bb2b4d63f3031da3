/**
 * Loaded into the Artillery process (and its worker threads) before Artillery itself:
 * - it ends when the load test does, however that ends: Artillery alone would send on after a kill -9 of its parent
 * - it passes on the load test's wish to stop to the engine, which runs in a worker thread
 * - it looks every 50 ms whether the run is over, where Artillery looks every 1 s (core/runner.js) and then every
 *   2 s (launch-platform.js): up to 3 s of waiting for nothing in each step; where it runs here, that is, for AWS is
 *   asked no more often than Artillery means to
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import { STOP_CHANNEL } from './generator/stop-signal.ts';

const ARTILLERY_POLLS_MS = new Set([1000, 2000]);
const POLL_MS = 50;

const ordinary = globalThis.setInterval;
const isLocal = process.argv[2] === 'run';
const hastened = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
  ordinary(callback, isLocal && ms !== undefined && ARTILLERY_POLLS_MS.has(ms) ? POLL_MS : ms, ...args);
globalThis.setInterval = Object.assign(hastened, ordinary) as typeof globalThis.setInterval;

if (isMainThread && process.channel) {
  process.on('disconnect', () => process.exit(1));
  // Again and again: the engine may not be loaded yet.
  process.once('message', () => {
    const channel = new BroadcastChannel(STOP_CHANNEL);
    ordinary(() => channel.postMessage('stop'), POLL_MS);
  });
  // The channel alone keeps nothing running.
  process.channel.unref();
}
