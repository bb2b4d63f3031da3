import { ArtilleryMetrics } from './artillery-metrics.ts';

/** What Artillery would have at the end: counters summed, histograms listed. */
function artillery() {
  const counters: Record<string, number> = {};
  const histograms: Record<string, number[]> = {};
  const emit = (event: string, ...values: unknown[]) => {
    const [name, value] = values as [string, number];
    if (event === 'counter') counters[name] = (counters[name] ?? 0) + value;
    if (event === 'histogram') (histograms[name] ??= []).push(value);
  };
  return { counters, histograms, emit };
}

const times = { connectMs: 0, firstByteMs: 1, latencyMs: 2 };

describe('ArtilleryMetrics', () => {
  it('hands Artillery every request, by outcome, kind and status, and its times', () => {
    const events = artillery();
    const metrics = new ArtilleryMetrics(events);
    for (const latenessMs of [0.1, 0.2, 0.3, 0.4, 0.5]) metrics.onSent(latenessMs);
    metrics.onSettled(
      { outcome: 'acknowledged', status: 200, errorType: '' },
      { connectMs: 0.5, firstByteMs: 11, latencyMs: 12 },
    );
    metrics.onSettled({ outcome: 'throttled', status: 429, errorType: 'TooManyRequestsException' }, times);
    metrics.onSettled({ outcome: 'refused', status: 409, errorType: '' }, times);
    metrics.onSettled({ outcome: 'failed', status: 502, errorType: 'InternalServerErrorException' }, times);
    metrics.onSettled(
      { outcome: 'connection-error', status: 0, errorType: 'ECONNRESET' },
      { connectMs: Number.NaN, firstByteMs: Number.NaN, latencyMs: 5 },
    );
    metrics.close();
    expect(events.counters).toEqual({
      'spillway.sent': 5,
      'spillway.acknowledged': 1,
      'spillway.throttled': 1,
      'spillway.throttled.TooManyRequestsException': 1,
      'spillway.refused': 1,
      'spillway.refused.409': 1,
      'spillway.failed': 1,
      'spillway.failed.502.InternalServerErrorException': 1,
      'spillway.connection-error': 1,
      'spillway.codes.200': 1,
      'spillway.codes.429': 1,
      'spillway.codes.409': 1,
      'spillway.codes.502': 1,
      'errors.ECONNRESET': 1,
    });
    expect(events.histograms).toEqual({
      'spillway.lateness': [0.1, 0.2, 0.3, 0.4, 0.5],
      'spillway.latency': [12, 2, 2, 2, 5],
      'spillway.first_byte': [11, 1, 1, 1],
      'spillway.connect': [0.5, 0, 0, 0],
    });
  });

  it('bounds the names a server can make it count, and loses no answer by it', () => {
    const events = artillery();
    const metrics = new ArtilleryMetrics(events);
    for (let i = 0; i < 500; i += 1) {
      metrics.onSettled(
        { outcome: 'throttled', status: 429, errorType: `Type ${i}${'x'.repeat(500)}` },
        times,
      );
    }
    metrics.close();
    const kinds = Object.entries(events.counters).filter(([name]) => name.startsWith('spillway.throttled.'));
    expect(kinds).toHaveLength(41);
    expect(kinds.reduce((sum, [, count]) => sum + count, 0)).toBe(500);
    expect(events.counters['spillway.throttled.other']).toBe(460);
    for (const [name] of kinds) expect(name).toMatch(/^spillway\.throttled\.[\w.-]{1,60}$/);
  });

  it('counts over time and hands over each count once', () => {
    jest.useFakeTimers();
    const events = artillery();
    const metrics = new ArtilleryMetrics(events);
    metrics.onSent(0);
    expect(events.counters).toEqual({});
    jest.advanceTimersByTime(500);
    expect(events.counters).toEqual({ 'spillway.sent': 1 });
    metrics.onSent(0);
    metrics.close();
    jest.advanceTimersByTime(5000);
    expect(events.counters).toEqual({ 'spillway.sent': 2 });
    jest.useRealTimers();
  });
});
