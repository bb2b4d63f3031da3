import fc from 'fast-check';
import { measuredService, type MeasuredService } from './measured-service.ts';
import { serviceTimes } from './service-time.ts';

const latencies = Float64Array.from({ length: 5000 }, (_, index) => 10 + ((index * 37) % 5000) / 100);

const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Draws once for each of `count` equally likely parts of the uniform numbers: no chance is in it. */
const drawn = ({ service }: MeasuredService, count: number): Float64Array => {
  let next = 0;
  const draw = serviceTimes(service, () => (next++ + 0.5) / count);
  return Float64Array.from({ length: count }, () => draw());
};

describe(measuredService.name, () => {
  it('draws every latency as often as the other where nothing is known of the function itself', () => {
    const measured = measuredService(latencies, null);
    expect(measured).toMatchObject({ overheadMs: 0, isScaled: false });
    expect(drawn(measured, 5000).sort()).toEqual(latencies.toSorted());
  });

  it('gives it the function’s mean, and the rest to network and gateway', () => {
    const measured = measuredService(latencies, 30);
    expect(mean(drawn(measured, 5000))).toBeCloseTo(30, 9);
    expect(measured.overheadMs).toBeCloseTo(4.995, 6);
    expect(measured.isScaled).toBe(true);
  });

  it.each([
    [20_000, 5, 3000, 5],
    [800, 6, 2000, 5],
  ])('keeps the mean beside one outlier: %i of %i ms and one of %i ms', (count, usualMs, slowMs, meanMs) => {
    const sent = new Float64Array(count + 1).fill(usualMs);
    sent[count >> 1] = slowMs;
    const times = drawn(measuredService(sent, meanMs), count + 1);
    expect(mean(times)).toBeCloseTo(meanMs, 9);
    // The shape is kept: one time, and as many times the usual one as it was measured.
    expect(times.filter((ms) => ms > 2 * usualMs)).toHaveLength(1);
    expect(Math.max(...times) / Math.min(...times)).toBeCloseTo(slowMs / usualMs, 9);
  });

  it('draws the function’s mean whatever was measured', () => {
    const anyMs = fc.double({ min: 0.001, max: 900_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyMs, { minLength: 1 }), anyMs, (sent, functionMeanMs) => {
        const sentMs = Float64Array.from(sent);
        const measured = measuredService(sentMs, functionMeanMs);
        const wantedMs = Math.min(functionMeanMs, mean(sentMs));
        expect(mean(drawn(measured, sent.length)) / wantedMs).toBeCloseTo(1, 9);
        expect((wantedMs + measured.overheadMs) / mean(sentMs)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('believes the clients where the metrics say more than they saw', () => {
    expect(measuredService(latencies, 40)).toEqual(measuredService(latencies, null));
  });

  it('takes a single latency', () => {
    expect(drawn(measuredService(Float64Array.of(7), null), 2)).toEqual(Float64Array.of(7, 7));
  });
});
