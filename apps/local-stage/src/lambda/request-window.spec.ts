import fc from 'fast-check';
import { RequestWindow } from './request-window.ts';

const admit = (window: RequestWindow, nowMs: number): boolean => {
  const hasRoom = window.hasRoom(nowMs);
  if (hasRoom) window.add(nowMs);
  return hasRoom;
};

describe('RequestWindow', () => {
  it('admits the last of its capacity and refuses the next', () => {
    const window = new RequestWindow(3);
    expect([0, 1, 2, 3].map((nowMs) => admit(window, nowMs))).toEqual([true, true, true, false]);
  });

  it('has room again one second after the oldest admission, and not before', () => {
    const window = new RequestWindow(1);
    expect([0, 999, 1000].map((nowMs) => admit(window, nowMs))).toEqual([true, false, true]);
  });

  it('admits nothing at capacity 0', () => {
    const window = new RequestWindow(0);
    expect([0, 5_000].map((nowMs) => admit(window, nowMs))).toEqual([false, false]);
  });

  it('admits at most its capacity in any second, and all while there is room', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), gaps, (capacity, gapsMs) => {
        const window = new RequestWindow(capacity);
        const admittedAtMs: number[] = [];
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          const inLastSecond = admittedAtMs.filter((atMs) => nowMs - atMs < 1000).length;
          const admitted = admit(window, nowMs);
          expect(admitted).toBe(inLastSecond < capacity);
          if (admitted) admittedAtMs.push(nowMs);
        }
      }),
    );
  });

  it.each([
    [4, 2, 'grown: the two of the last second count, two more fit'],
    [2, 0, 'same: full'],
    [1, 0, 'shrunk: full'],
    [0, 0, 'nothing'],
  ])('resized to %d lets %d more in — %s', (capacity, more) => {
    const window = new RequestWindow(2);
    admit(window, 0);
    admit(window, 10);
    const resized = window.resized(capacity);
    const admitted = Array.from({ length: 6 }, () => admit(resized, 20)).filter(Boolean).length;
    expect(admitted).toBe(more);
  });

  it('counts exactly however large its capacity is, and takes memory for what it let in alone', () => {
    const window = new RequestWindow(10_000_000);
    for (let index = 0; index < 1_000; index += 1) window.add(index);
    const resized = window.resized(1_000);
    expect([999, 1_000].map((nowMs) => admit(resized, nowMs))).toEqual([false, true]);
  });

  it('forgets the oldest first when it shrinks', () => {
    const window = new RequestWindow(2);
    admit(window, 0);
    admit(window, 900);
    const resized = window.resized(1);
    expect([resized.hasRoom(1_000), resized.hasRoom(1_900)]).toEqual([false, true]);
  });
});
