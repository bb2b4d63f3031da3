import { FakeSource } from './__fixtures__/fake-environments.ts';
import { IdleEnvironments } from './idle-environments.ts';

const open = (kept: number, count: number) => {
  const source = new FakeSource();
  const clock = { nowMs: 0 };
  return {
    clock,
    idle: new IdleEnvironments(kept, 1_000, () => clock.nowMs),
    environments: Array.from({ length: count }, () => source.start()),
  };
};

describe('IdleEnvironments', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('gives the most recently used first', () => {
    const { idle, environments } = open(0, 2);
    const [first, second] = environments;
    idle.put(first!);
    idle.put(second!);
    expect([idle.take(), idle.take(), idle.take()]).toEqual([second, first, undefined]);
  });

  it('lets those go that were idle for the limit, least recently used first', () => {
    const { idle, environments, clock } = open(0, 3);
    environments.forEach((environment, i) => {
      clock.nowMs = i * 10;
      idle.put(environment);
    });
    clock.nowMs = 999;
    expect(idle.takeExpired()).toEqual([]);
    clock.nowMs = 1_010;
    expect(idle.takeExpired()).toEqual(environments.slice(0, 2));
    expect(idle.size).toBe(1);
  });

  it('keeps a few however long they are idle: the most recently used', () => {
    const { idle, environments, clock } = open(2, 3);
    for (const environment of environments) idle.put(environment);
    clock.nowMs = 1_000_000;
    expect(idle.takeExpired()).toEqual(environments.slice(0, 1));
    expect(idle.takeAll()).toEqual(environments.slice(1));
  });

  it('forgets one that ended', () => {
    const { idle, environments } = open(0, 2);
    const [first, second] = environments;
    idle.put(first!);
    idle.put(second!);
    idle.remove(second!);
    idle.remove(second!);
    expect(idle.takeAll()).toEqual([first]);
  });

  it('freezes those that have waited for 10 ms, and none that has work again or is ending', () => {
    const { idle, environments, clock } = open(0, 3);
    const [first, second, third] = environments;
    for (const environment of environments) idle.put(environment);
    expect(idle.take()).toBe(third);
    idle.remove(second!);
    clock.nowMs = 9;
    jest.advanceTimersByTime(10);
    expect(first!.isFrozen).toBe(false);
    clock.nowMs = 10;
    jest.advanceTimersByTime(10);
    expect(environments.map(({ isFrozen }) => isFrozen)).toEqual([true, false, false]);
  });

  it('looks only while there is something to freeze', () => {
    const { idle, environments, clock } = open(0, 1);
    idle.put(environments[0]!);
    clock.nowMs = 10;
    jest.advanceTimersByTime(20);
    expect(jest.getTimerCount()).toBe(0);
    idle.put(idle.take()!);
    expect(jest.getTimerCount()).toBe(1);
  });
});
