import { MemoryGuard } from './memory-guard.ts';

const limited = (pid: number, onExceeded: () => void = () => undefined) => ({
  pid,
  limitMb: 128,
  onExceeded,
});

describe('MemoryGuard', () => {
  const held = new Map<number, number | null>();
  let looks = 0;
  const guard = () =>
    new MemoryGuard((pid) => {
      looks += 1;
      return held.get(pid) ?? null;
    });
  beforeEach(() => {
    jest.useFakeTimers();
    held.clear();
    looks = 0;
  });
  afterEach(() => jest.useRealTimers());

  it('tells once of a process above its limit, not of one at its limit', () => {
    const exceeded: number[] = [];
    const watching = guard();
    held.set(1, 128).set(2, 128.1);
    for (const pid of [1, 2]) watching.watch(limited(pid, () => exceeded.push(pid)));
    jest.advanceTimersByTime(1_000);
    expect(exceeded).toEqual([2]);
  });

  it('sees growth between two looks', () => {
    let exceeded = 0;
    guard().watch(limited(1, () => (exceeded += 1)));
    held.set(1, 100);
    jest.advanceTimersByTime(100);
    held.set(1, 200);
    jest.advanceTimersByTime(100);
    expect(exceeded).toBe(1);
  });

  it('leaves alone what it was told to forget, and what is gone', () => {
    let exceeded = 0;
    const watching = guard();
    const forgotten = limited(1, () => (exceeded += 1));
    watching.watch(forgotten);
    watching.watch(limited(2, () => (exceeded += 1)));
    watching.forget(forgotten);
    held.set(1, 999);
    jest.advanceTimersByTime(1_000);
    expect(exceeded).toBe(0);
  });

  it('looks at nothing while nothing is watched, and again from the next on', () => {
    const watching = guard();
    const process = limited(1);
    watching.watch(process);
    watching.forget(process);
    jest.advanceTimersByTime(1_000);
    expect([looks, jest.getTimerCount()]).toEqual([0, 0]);
    watching.watch(process);
    jest.advanceTimersByTime(1_000);
    expect(looks).toBeGreaterThan(10);
  });
});
