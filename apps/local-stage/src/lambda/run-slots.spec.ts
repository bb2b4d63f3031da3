import { RunSlots } from './run-slots.ts';

function openSlots(isHostFull: boolean) {
  const clock = { nowMs: 0 };
  const slots = new RunSlots({ mostAtOnce: 2, isHostFull: () => isHostFull, nowMs: () => clock.nowMs });
  return { slots, clock };
}

function endAfter(slots: RunSlots, clock: { nowMs: number }, ranMs: number): void {
  const slot = slots.begin();
  clock.nowMs += ranMs;
  slots.end(slot);
}

describe('RunSlots', () => {
  it('has room for as many as help a full machine, and no more', () => {
    const { slots } = openSlots(true);
    slots.begin();
    expect(slots.hasRoom()).toBe(true);
    slots.begin();
    expect(slots.hasRoom()).toBe(false);
  });

  it('has room when one has ended', () => {
    const { slots } = openSlots(true);
    slots.begin();
    slots.end(slots.begin());
    expect(slots.hasRoom()).toBe(true);
  });

  it.each([
    ['29 ms, which may be all computing', 29, false],
    ['30 ms, which looks like waiting', 30, true],
  ])('after an invocation of a quick function has run for %s', (_case, ranMs, hasRoom) => {
    const { slots, clock } = openSlots(true);
    endAfter(slots, clock, 9);
    const begunAtMs = clock.nowMs;
    slots.begin();
    slots.begin();
    clock.nowMs = begunAtMs + ranMs;
    expect(slots.hasRoom()).toBe(hasRoom);
  });

  it.each([
    ['9 ms', 9, false],
    ['10 ms', 10, true],
  ])('after an invocation of a function that always waits has run for %s', (_case, ranMs, hasRoom) => {
    const { slots, clock } = openSlots(true);
    for (let ended = 0; ended < 100; ended += 1) endAfter(slots, clock, 50);
    const begunAtMs = clock.nowMs;
    slots.begin();
    slots.begin();
    clock.nowMs = begunAtMs + ranMs;
    expect(slots.hasRoom()).toBe(hasRoom);
  });

  it('forgets a quick invocation after some hundred slow ones', () => {
    const { slots, clock } = openSlots(true);
    endAfter(slots, clock, 1);
    for (let ended = 0; ended < 200; ended += 1) endAfter(slots, clock, 50);
    slots.begin();
    slots.begin();
    clock.nowMs += 10;
    expect(slots.hasRoom()).toBe(true);
  });

  it('counts the end of an invocation that had given its slot up once', () => {
    const { slots, clock } = openSlots(true);
    const old = slots.begin();
    slots.begin();
    clock.nowMs = 30;
    expect(slots.hasRoom()).toBe(true);
    slots.begin();
    slots.begin();
    slots.end(old);
    expect(slots.hasRoom()).toBe(false);
  });

  it('holds nobody back where a core is idle', () => {
    const { slots } = openSlots(false);
    for (let begun = 0; begun < 10; begun += 1) slots.begin();
    expect(slots.hasRoom()).toBe(true);
  });

  it('looks again once, however often it is asked to', () => {
    jest.useFakeTimers();
    const { slots } = openSlots(true);
    let looks = 0;
    for (let asked = 0; asked < 3; asked += 1) slots.lookAgain(() => (looks += 1));
    jest.advanceTimersByTime(2);
    jest.useRealTimers();
    expect(looks).toBe(1);
  });
});
