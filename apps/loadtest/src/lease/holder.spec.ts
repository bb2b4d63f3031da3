import { isHeld, thisProcess } from './holder.ts';

const NOW = 1_000_000;
const held = (untilMs: number, process: string, alive: boolean) =>
  isHeld({ untilMs, process }, NOW, 'here', () => alive);

describe('isHeld', () => {
  it.each([
    ['a process of this host that lives', NOW + 1, 'here:7', true, true],
    ['one of this host that is gone', NOW + 1, 'here:7', false, false],
    ['one of another host, of which nobody knows', NOW + 1, 'there:7', false, true],
    ['one that does not say', NOW + 1, '', false, true],
    ['one that has run out this moment', NOW, 'here:7', true, false],
  ])('knows %s', (_what, untilMs, process, alive, isIt) => {
    expect(held(untilMs, process, alive)).toBe(isIt);
  });

  it('finds this very process alive, and one that can not be gone', () => {
    expect(isHeld({ untilMs: NOW + 1, process: thisProcess() }, NOW)).toBe(true);
    const gone = thisProcess().replace(/\d+$/, '4194305');
    expect(isHeld({ untilMs: NOW + 1, process: gone }, NOW)).toBe(false);
  });
});
