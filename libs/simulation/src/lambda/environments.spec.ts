import { Environments } from './environments.ts';

const starts = (environments: Environments, times: number, nowMs: number): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (let index = 0; index < times; index += 1) {
    const start = environments.start(nowMs);
    counts[start] = (counts[start] ?? 0) + 1;
  }
  return counts;
};

describe(Environments.name, () => {
  it('starts 1,000 at once and 100 a second after that (F33)', () => {
    const environments = new Environments(300_000, 0);
    expect(starts(environments, 1500, 0)).toEqual({ cold: 1000, refused: 500 });
    expect(starts(environments, 150, 1000)).toEqual({ cold: 100, refused: 50 });
  });

  it('saves no more than 1,000 up (F33)', () => {
    expect(starts(new Environments(300_000, 0), 1500, 3_600_000)).toEqual({ cold: 1000, refused: 500 });
  });

  it('takes an idle one first, which no scaling holds back', () => {
    const environments = new Environments(300_000, 3);
    expect(starts(environments, 5, 0)).toEqual({ warm: 3, cold: 2 });
    environments.release(10);
    expect(starts(environments, 2, 20)).toEqual({ warm: 1, cold: 1 });
  });

  it('ends one after it was idle for its limit, not before', () => {
    const environments = new Environments(1000, 0);
    environments.start(0);
    environments.release(50);
    expect(environments.idle(1049)).toBe(1);
    expect(environments.idle(1050)).toBe(0);
  });

  it('uses the one used last, so that the others grow old', () => {
    const environments = new Environments(1000, 2);
    for (let nowMs = 0; nowMs < 2000; nowMs += 100) {
      expect(environments.start(nowMs)).toBe('warm');
      environments.release(nowMs + 50);
    }
    expect(environments.idle(2000)).toBe(1);
  });

  it('keeps count of more than its first size', () => {
    const environments = new Environments(1000, 0);
    for (let index = 0; index < 3000; index += 1) environments.release(index);
    expect(environments.idle(2999)).toBe(1000);
    for (let index = 3000; index < 9000; index += 1) environments.release(index);
    expect(environments.idle(8999)).toBe(1000);
  });
});
