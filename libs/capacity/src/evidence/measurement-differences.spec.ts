import { exampleRun } from '../testing/index.ts';
import { measurementDifferences } from './measurement-differences.ts';

const { measurement } = exampleRun().steps[1]!;

describe('measurementDifferences', () => {
  it('finds none between a measurement and itself', () => {
    expect(measurementDifferences(measurement, structuredClone(measurement))).toEqual([]);
  });

  it('names each figure that differs, with both values', () => {
    const { outcomes } = measurement;
    const found = {
      ...measurement,
      slow: measurement.slow + 1,
      outcomes: { ...outcomes, failed: outcomes.failed + 2 },
    };
    expect(measurementDifferences(measurement, found)).toEqual(
      expect.arrayContaining([
        `outcomes.failed ${outcomes.failed}, its answers give ${outcomes.failed + 2}`,
        `slow ${measurement.slow}, its answers give ${measurement.slow + 1}`,
      ]),
    );
  });

  it.each([
    ['a billionth off: the same', 1 + 1e-10, 0],
    ['a millionth off: another', 1 + 1e-6, 1],
  ])('takes figures that are %s', (_what, factor, differences) => {
    const found = { ...measurement, offeredPerSecond: measurement.offeredPerSecond * factor };
    expect(measurementDifferences(measurement, found)).toHaveLength(differences);
  });

  it('tells a missing latency from one that is there', () => {
    expect(measurementDifferences(measurement, { ...measurement, latencyMs: null })).toEqual([
      'latencyMs something, its answers give nothing',
    ]);
  });

  it('leaves out what an older record does not have', () => {
    const { latenessP99Ms, ...older } = measurement;
    expect(
      measurementDifferences(older, { ...measurement, latenessP99Ms: (latenessP99Ms ?? 0) + 1 }),
    ).toEqual([]);
  });
});
