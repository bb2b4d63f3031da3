import { RunSlots } from './run-slots.ts';

function openSlots(isHostFull: boolean) {
  const clock = { nowMs: 0 };
  const slots = new RunSlots({ mostAtOnce: 2, isHostFull: () => isHostFull, nowMs: () => clock.nowMs });
  return { slots, clock };
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
    ['9 ms, which may be all computing', 9, false],
    ['10 ms, which looks like waiting', 10, true],
  ])('after an invocation has run for %s', (_case, ranMs, hasRoom) => {
    const { slots, clock } = openSlots(true);
    slots.begin();
    slots.begin();
    clock.nowMs = ranMs;
    expect(slots.hasRoom()).toBe(hasRoom);
  });

  it('counts the end of an invocation that had given its slot up once', () => {
    const { slots, clock } = openSlots(true);
    const old = slots.begin();
    slots.begin();
    clock.nowMs = 10;
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
