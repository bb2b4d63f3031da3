import { costOf } from '@spillway/capacity';
import { exampleMeasurements, exampleRun } from '@spillway/capacity/testing';
import { monthlyCosts } from './monthly-cost.ts';

describe('monthlyCosts', () => {
  it('prices the proposed limits with what the run measured', () => {
    const { basis, months } = monthlyCosts(exampleRun())!;
    expect(basis).toEqual({ payloadBytes: 1024, itemBytes: 1046, durationMs: 3.4, memorySize: 1024 });
    expect(months.map(({ ratePerSecond }) => ratePerSecond)).toEqual([91.2, 456, 912]);
    expect(months[2]!.rest).toEqual(costOf({ ...basis, ratePerSecond: 912, api: 'rest' }));
    for (const { rest, http } of months) expect(http.usdPerMonth).toBeLessThan(rest.usdPerMonth);
  });

  it.each([
    ['no limits are proposed', { recommendation: null }],
    ['nothing was measured', { measurements: null }],
    ['no rate was searched', { steps: [] }],
    [
      'the duration is beyond pricing',
      {
        measurements: {
          ...exampleMeasurements,
          serviceTime: { ...exampleMeasurements.serviceTime, meanUpperMs: 1e300 },
        },
      },
    ],
  ])('has no price where %s', (_fact, changes) => {
    expect(monthlyCosts(exampleRun(changes))).toBeNull();
  });
});
