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

describe('ArtilleryMetrics', () => {
  it('hands Artillery every request, by outcome, status and error', () => {
    const events = artillery();
    const metrics = new ArtilleryMetrics(events);
    for (const latenessMs of [0.1, 0.2, 0.3]) metrics.onSent(latenessMs);
    metrics.onSettled('acknowledged', 12, 11, { outcome: 'acknowledged', status: 200, errorType: '' });
    metrics.onSettled('throttled', 2, 1, {
      outcome: 'throttled',
      status: 429,
      errorType: 'TooManyRequestsException',
    });
    metrics.onSettled('connection-error', 5, Number.NaN, {
      outcome: 'connection-error',
      status: 0,
      errorType: 'ECONNRESET',
    });
    metrics.close();
    expect(events.counters).toEqual({
      'spillway.sent': 3,
      'spillway.acknowledged': 1,
      'spillway.throttled': 1,
      'spillway.connection-error': 1,
      'spillway.codes.200': 1,
      'spillway.codes.429': 1,
      'errors.ECONNRESET': 1,
    });
    expect(events.histograms).toEqual({
      'spillway.lateness': [0.1, 0.2, 0.3],
      'spillway.latency': [12, 2, 5],
      'spillway.first_byte': [11, 1],
    });
  });
});
