import * as fc from 'fast-check';
import { sequenceOf, shareOf, WHOLE } from './shard.ts';

describe('shareOf', () => {
  it('gives each request of a schedule to exactly one shard', () => {
    const plans = fc.record({ length: fc.nat(60), count: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(plans, ({ length, count }) => {
        const schedule = Float64Array.from({ length }, (_, i) => i * 10);
        const sent = Array.from({ length: count }, (_, index) =>
          Array.from(shareOf(schedule, { index, count }), (atMs, row) => {
            expect(atMs).toBe(10 * sequenceOf(row, { index, count }));
            return sequenceOf(row, { index, count });
          }),
        ).flat();
        expect(sent.sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it('hands the only generator the schedule itself', () => {
    const schedule = Float64Array.of(1, 2, 3);
    expect(shareOf(schedule, WHOLE)).toBe(schedule);
  });
});
