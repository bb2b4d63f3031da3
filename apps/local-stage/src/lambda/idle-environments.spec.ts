import { FakeSource } from './__fixtures__/fake-environments.ts';
import { IdleEnvironments } from './idle-environments.ts';

const environments = (count: number) => {
  const source = new FakeSource();
  return Array.from({ length: count }, () => source.start());
};

describe('IdleEnvironments', () => {
  it('gives the most recently used first', () => {
    const [first, second] = environments(2);
    const idle = new IdleEnvironments(0, 1_000);
    idle.put(first!, 0);
    idle.put(second!, 1);
    expect([idle.take(), idle.take(), idle.take()]).toEqual([second, first, undefined]);
  });

  it('lets those go that were idle for the limit, least recently used first', () => {
    const [first, second, third] = environments(3);
    const idle = new IdleEnvironments(0, 1_000);
    [first, second, third].forEach((environment, i) => idle.put(environment!, i * 10));
    expect(idle.takeExpired(999)).toEqual([]);
    expect(idle.takeExpired(1_010)).toEqual([first, second]);
    expect(idle.size).toBe(1);
  });

  it('keeps a few however long they are idle: the most recently used', () => {
    const [first, second, third] = environments(3);
    const idle = new IdleEnvironments(2, 1_000);
    for (const environment of [first, second, third]) idle.put(environment!, 0);
    expect(idle.takeExpired(1_000_000)).toEqual([first]);
    expect(idle.takeAll()).toEqual([second, third]);
  });

  it('forgets one that ended', () => {
    const [first, second] = environments(2);
    const idle = new IdleEnvironments(0, 1_000);
    idle.put(first!, 0);
    idle.put(second!, 0);
    idle.remove(second!);
    idle.remove(second!);
    expect(idle.takeAll()).toEqual([first]);
  });
});
