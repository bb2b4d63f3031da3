import { measuredService } from './measured-service.ts';
import { meanServiceMs } from './service-time.ts';

const latencies = Float64Array.from({ length: 5000 }, (_, index) => 10 + ((index * 37) % 5000) / 100);

const quantilesOf = ({ service }: ReturnType<typeof measuredService>) =>
  service.kind === 'measured' ? service.quantilesMs : Float64Array.of();

describe(measuredService.name, () => {
  it('keeps the distribution where nothing is known of the function itself', () => {
    const measured = measuredService(latencies, null);
    expect(measured.overheadMs).toBe(0);
    expect(quantilesOf(measured)).toHaveLength(1001);
    expect([0, 500, 1000].map((index) => quantilesOf(measured)[index])).toEqual([10, 35, 59.99]);
    expect(meanServiceMs(measured.service)).toBeCloseTo(34.995, 1);
  });

  it('gives it the function’s mean, and the rest to network and gateway', () => {
    const measured = measuredService(latencies, 30);
    expect(meanServiceMs(measured.service)).toBeCloseTo(30, 1);
    expect(measured.overheadMs).toBeCloseTo(4.995, 6);
  });

  it('believes the clients where the metrics say more than they saw', () => {
    expect(measuredService(latencies, 40)).toEqual(measuredService(latencies, null));
  });

  it('takes a single latency', () => {
    expect(quantilesOf(measuredService(Float64Array.of(7), null))).toEqual(Float64Array.of(7));
  });
});
