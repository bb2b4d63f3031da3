import { HostCpu, type CpuTimes } from './host-cpu.ts';

describe('HostCpu', () => {
  const cpuOf = (...times: readonly CpuTimes[]): HostCpu => {
    const left = [...times];
    return new HostCpu(() => left.shift() as CpuTimes);
  };

  it('tells the share of the time between two looks', () => {
    const cpu = cpuOf(
      { busyMs: 1_000, totalMs: 9_000 },
      { busyMs: 1_150, totalMs: 9_200 },
      { busyMs: 1_150, totalMs: 9_400 },
    );
    expect(cpu.busyRatio(0)).toBe(0.75);
    expect(cpu.busyRatio(100)).toBe(0);
  });

  it('looks again after 100 ms, not before', () => {
    const cpu = cpuOf(
      { busyMs: 0, totalMs: 0 },
      { busyMs: 100, totalMs: 100 },
      { busyMs: 100, totalMs: 200 },
    );
    expect([0, 99, 100].map((nowMs) => cpu.busyRatio(nowMs))).toEqual([1, 1, 0]);
  });

  it('keeps what it knows where no time has been counted', () => {
    const same = { busyMs: 50, totalMs: 100 };
    const cpu = cpuOf({ busyMs: 0, totalMs: 0 }, same, same);
    expect([cpu.busyRatio(0), cpu.busyRatio(1_000)]).toEqual([0.5, 0.5]);
  });

  it('is full from 90 % on, and until less than 60 % are taken', () => {
    const ratios = [0.89, 0.9, 0.6, 0.59, 0.89];
    let [busyMs, totalMs] = [0, 0];
    const times = ratios.map((ratio) => ({ busyMs: (busyMs += ratio * 100), totalMs: (totalMs += 100) }));
    const cpu = cpuOf({ busyMs: 0, totalMs: 0 }, ...times);
    expect(ratios.map((_, look) => cpu.isFull(look * 100))).toEqual([false, true, true, false, false]);
  });

  it('reads a share between 0 and 1 of this machine', () => {
    const ratio = new HostCpu().busyRatio(0);
    expect(ratio).toBeGreaterThanOrEqual(0);
    expect(ratio).toBeLessThanOrEqual(1);
  });
});
