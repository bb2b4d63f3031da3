import fc from 'fast-check';
import { mayHoldMetrics, readEmbeddedMetrics } from './embedded-metrics.ts';

const AT_MS = 1_769_860_800_000;

const line = (directive: object, members: object, metadata: object = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: AT_MS,
      CloudWatchMetrics: [{ Namespace: 'N', Metrics: [{ Name: 'Stored' }], ...directive }],
      ...metadata,
    },
    ...members,
  });

const datum = { namespace: 'N', metric: 'Stored', atMs: AT_MS };

describe('readEmbeddedMetrics', () => {
  it('reads every metric under every set of dimensions', () => {
    const text = line(
      {
        Dimensions: [['service'], ['service', 'stage'], []],
        Metrics: [{ Name: 'Stored', Unit: 'Count', StorageResolution: 1 }, { Name: 'Ms' }],
      },
      { service: 'ingest', stage: 'prod', Stored: 1, Ms: [2.5, 3] },
    );
    const sets = [{ service: 'ingest' }, { service: 'ingest', stage: 'prod' }, {}];
    expect(readEmbeddedMetrics(text)).toEqual([
      ...sets.map((dimensions) => ({ ...datum, dimensions, values: [1] })),
      ...sets.map((dimensions) => ({ ...datum, metric: 'Ms', dimensions, values: [2.5, 3] })),
    ]);
  });

  it.each([
    ['no dimensions', {}],
    ['no set of dimensions', { Dimensions: [] }],
  ])('takes %s for one without any', (_case, directive) => {
    expect(readEmbeddedMetrics(line(directive, { Stored: 1 }))).toEqual([
      { ...datum, dimensions: {}, values: [1] },
    ]);
  });

  it.each([
    ['no JSON', 'START "_aws"'],
    ['no object', '"_aws"'],
    ['no metadata', '{"_aws":1}'],
    ['no time', line({}, { Stored: 1 }, { Timestamp: undefined })],
    ['directives that are no list', line({}, { Stored: 1 }, { CloudWatchMetrics: {} })],
    ['no namespace', line({ Namespace: '' }, { Stored: 1 })],
    ['metrics that are no list', line({ Metrics: 'Stored' }, { Stored: 1 })],
    ['a metric without name', line({ Metrics: [{}] }, { Stored: 1 })],
    ['a metric without value', line({}, {})],
    ['a value that is no number', line({}, { Stored: '1' })],
    ['a dimension without value', line({ Dimensions: [['service']] }, { Stored: 1 })],
    ['dimensions that are no names', line({ Dimensions: [[1]] }, { Stored: 1 })],
    ['more than 100 values', line({}, { Stored: Array.from({ length: 101 }, () => 1) })],
  ])('passes over %s', (_case, text) => {
    expect(readEmbeddedMetrics(text)).toEqual([]);
  });

  it('never throws, whatever a handler prints', () => {
    const directives = fc.record({
      Namespace: fc.jsonValue(),
      Metrics: fc.jsonValue(),
      Dimensions: fc.jsonValue(),
    });
    fc.assert(
      fc.property(directives, fc.dictionary(fc.string(), fc.jsonValue()), (directive, members) => {
        expect(Array.isArray(readEmbeddedMetrics(line(directive, members)))).toBe(true);
      }),
    );
  });
});

describe('mayHoldMetrics', () => {
  it('sends each line with metrics to be read', () => {
    expect([mayHoldMetrics(line({}, {})), mayHoldMetrics('{"message":"stored"}')]).toEqual([true, false]);
  });
});
