import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricsRecorder } from './metrics-recorder.ts';

const PERIOD_MS = 1000;

/** Of the histogram; also the least delay it can see. */
const RESOLUTION_MS = 10;

const NO_DIMENSIONS = {};

/**
 * Reports once a second how long this process stood still at most: `Spillway/LocalStage` EventLoopDelay, ms,
 * without dimensions. A load test sets windows aside in which the host stalled, and not the stage.
 * @returns ends it
 */
export function recordEventLoopDelay(recorder: MetricsRecorder): () => Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const timer = setInterval(() => {
    // The histogram holds intervals between its own timer's ticks, so the resolution is part of them.
    const delayMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
    delay.reset();
    recorder.record('Spillway/LocalStage', 'EventLoopDelay', NO_DIMENSIONS, delayMs, Date.now());
  }, PERIOD_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    delay.disable();
  };
}
