import { createEmbeddedMetrics } from './embedded-metrics.ts';

function recordLines() {
  const lines: string[] = [];
  const address = { namespace: 'Spillway', service: 'ingest' };
  const metrics = createEmbeddedMetrics(
    address,
    (line) => void lines.push(line),
    () => 1_700_000_000_000,
  );
  return { metrics, lines };
}

describe('createEmbeddedMetrics', () => {
  it('writes all counters since the last line as one line, with their units', () => {
    const { metrics, lines } = recordLines();
    metrics.addMetric('EntryAccepted', 'Count', 87);
    metrics.addMetric('Batch', 'Count', 1);
    metrics.publishStoredMetrics();
    expect(lines).toEqual([expect.stringMatching(/^[^\n]+\n$/)]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Spillway',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'EntryAccepted', Unit: 'Count' },
              { Name: 'Batch', Unit: 'Count' },
            ],
          },
        ],
      },
      service: 'ingest',
      EntryAccepted: 87,
      Batch: 1,
    });
  });

  it('names a counter once, however often it is added to', () => {
    const { metrics, lines } = recordLines();
    metrics.addMetric('EntryAccepted', 'Count', 2);
    metrics.addMetric('EntryAccepted', 'Count', 3);
    metrics.publishStoredMetrics();
    const line = JSON.parse(lines[0] ?? '');
    expect(line.EntryAccepted).toBe(5);
    expect(line._aws.CloudWatchMetrics[0].Metrics).toEqual([{ Name: 'EntryAccepted', Unit: 'Count' }]);
  });

  it('starts again after each line', () => {
    const { metrics, lines } = recordLines();
    metrics.addMetric('EntryAccepted', 'Count', 1);
    metrics.publishStoredMetrics();
    metrics.addMetric('EntryInvalid', 'Count', 1);
    metrics.publishStoredMetrics();
    const second = JSON.parse(lines[1] ?? '');
    expect(second).toMatchObject({ EntryInvalid: 1 });
    expect(second).not.toHaveProperty('EntryAccepted');
    expect(second._aws.CloudWatchMetrics[0].Metrics).toEqual([{ Name: 'EntryInvalid', Unit: 'Count' }]);
  });
});
