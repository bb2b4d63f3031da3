import { setTimeout as sleep } from 'node:timers/promises';
import { MetricsStore } from './metrics-store.ts';
import { recordEventLoopDelay } from './record-event-loop-delay.ts';

describe('recordEventLoopDelay', () => {
  it('reports for how long the process stood still', async () => {
    const store = new MetricsStore();
    const startMs = Date.now();
    const stop = recordEventLoopDelay(store);
    await sleep(50);
    const untilMs = performance.now() + 300;
    while (performance.now() < untilMs);
    await sleep(1000);
    await stop();
    const points = store.read(
      { namespace: 'Spillway/LocalStage', metric: 'EventLoopDelay', dimensions: {} },
      { startMs, endMs: Date.now() + 1000, periodSeconds: 1 },
      'Maximum',
    );
    expect(Math.max(...points.map(({ value }) => value))).toBeGreaterThan(200);
  });
});
