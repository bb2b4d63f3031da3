import { RequestSlots } from './request-slots.ts';

describe(RequestSlots.name, () => {
  it('never gives a slot to two, and keeps what is written when it grows', () => {
    const slots = new RequestSlots();
    const taken = Array.from({ length: 3000 }, () => slots.take());
    expect(new Set(taken).size).toBe(3000);
    const again = new RequestSlots();
    const first = again.take();
    again.arrivedMs[first] = 42;
    again.client[first] = 7;
    for (let more = 0; more < 3000; more += 1) again.take();
    expect([again.arrivedMs[first], again.client[first]]).toEqual([42, 7]);
  });

  it('gives a slot again once it was given back', () => {
    const slots = new RequestSlots();
    const slot = slots.take();
    slots.take();
    slots.give(slot);
    expect(slots.take()).toBe(slot);
  });
});
