import fc from 'fast-check';
import {
  AdaptiveThrottle,
  FIRST_PROBE_MS,
  LAST_PROBE_MS,
  REQUESTS_PER_ACCEPT,
  START_REQUESTS,
  WINDOW_MS,
} from './adaptive-throttle.ts';

function takeAll(throttle: AdaptiveThrottle): number {
  let taken = 0;
  while (throttle.take()) taken += 1;
  return taken;
}

describe('AdaptiveThrottle', () => {
  it('lets a start through, and no more while nothing is accepted', () => {
    const throttle = new AdaptiveThrottle();
    expect(takeAll(throttle)).toBe(START_REQUESTS);
    expect(throttle.take()).toBe(false);
  });

  it('earns K requests with each that is accepted', () => {
    const throttle = new AdaptiveThrottle();
    takeAll(throttle);
    throttle.accept(0);
    expect(takeAll(throttle)).toBe(REQUESTS_PER_ACCEPT);
  });

  it('never sends more than the start and K times what was accepted', () => {
    const step = fc.record({ take: fc.nat(30), accepted: fc.nat(30), passMs: fc.nat(40_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const throttle = new AdaptiveThrottle();
        let nowMs = 0;
        let sent = 0;
        let accepted = 0;
        for (const { take, accepted: more, passMs } of steps) {
          for (let i = 0; i < take; i++) sent += throttle.take() ? 1 : 0;
          nowMs += passMs;
          for (let i = 0; i < more; i++) throttle.accept(nowMs);
          accepted += more;
          expect(sent).toBeLessThanOrEqual(START_REQUESTS + REQUESTS_PER_ACCEPT * accepted);
        }
      }),
    );
  });

  it.each([
    ['the end of the window', WINDOW_MS - 1, 101],
    ['after it', WINDOW_MS, START_REQUESTS],
    ['long after it', 100 * WINDOW_MS, START_REQUESTS],
  ])('keeps what the accepted requests of two minutes leave, at %s', (_name, laterMs, most) => {
    const throttle = new AdaptiveThrottle();
    for (let i = 0; i < 100; i++) throttle.accept(0);
    throttle.accept(laterMs);
    expect(takeAll(throttle)).toBe(most);
  });

  it('probes at intervals that double to the longest, with half of it as jitter, and anew once one is accepted', () => {
    const throttle = new AdaptiveThrottle();
    expect(throttle.nextProbeMs(0)).toBe(FIRST_PROBE_MS / 2);
    expect(throttle.nextProbeMs(1)).toBe(3 * FIRST_PROBE_MS);
    for (let i = 0; i < 2_000; i++) throttle.nextProbeMs(0);
    expect(throttle.nextProbeMs(0)).toBe(LAST_PROBE_MS / 2);
    throttle.accept(0);
    expect(throttle.nextProbeMs(0.5)).toBe(FIRST_PROBE_MS);
  });

  it('gives back what was not answered', () => {
    const throttle = new AdaptiveThrottle();
    takeAll(throttle);
    throttle.giveBack();
    expect(takeAll(throttle)).toBe(1);
  });
});
