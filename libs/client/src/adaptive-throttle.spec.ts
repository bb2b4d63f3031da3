import fc from 'fast-check';
import {
  AdaptiveThrottle,
  FIRST_PROBE_MS,
  LAST_PROBE_MS,
  REQUESTS_PER_ACCEPT,
  START_REQUESTS,
  WINDOW_MS,
} from './adaptive-throttle.ts';

const open = (random = () => 0.5) => new AdaptiveThrottle(random);

/** What may go out at once, probes left out. */
function takeAll(throttle: AdaptiveThrottle, nowMs = 0): number {
  let taken = 0;
  while (throttle.take(nowMs) === 'credit') taken += 1;
  return taken;
}

describe('AdaptiveThrottle', () => {
  it('lets a start through, and no more while nothing is accepted', () => {
    const throttle = open();
    expect(takeAll(throttle)).toBe(START_REQUESTS);
    expect(throttle.take(0)).toBeNull();
  });

  it('earns K requests with each that is accepted', () => {
    const throttle = open();
    takeAll(throttle);
    throttle.accept(0);
    expect(takeAll(throttle)).toBe(REQUESTS_PER_ACCEPT);
  });

  it('never sends more than the start and K times what was accepted', () => {
    const step = fc.record({ take: fc.nat(30), accepted: fc.nat(30), passMs: fc.nat(40_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const throttle = open();
        let nowMs = 0;
        let sent = 0;
        let accepted = 0;
        for (const { take, accepted: more, passMs } of steps) {
          for (let i = 0; i < take; i++) sent += throttle.take(nowMs) === 'credit' ? 1 : 0;
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
    const throttle = open();
    for (let i = 0; i < 100; i++) throttle.accept(0);
    throttle.accept(laterMs);
    expect(takeAll(throttle, laterMs)).toBe(most);
  });

  it.each([
    ['the end of the window', WINDOW_MS - 1, 100],
    ['after it', WINDOW_MS, START_REQUESTS],
  ])(
    'lets what was earned go with the window, though nothing is accepted since: at %s',
    (_name, laterMs, most) => {
      const throttle = open();
      for (let i = 0; i < 100; i++) throttle.accept(0);
      expect(takeAll(throttle, laterMs)).toBe(most);
    },
  );

  it('probes at intervals that double to the longest, with half of it as jitter, and anew once one is accepted', () => {
    let random = 0;
    const throttle = open(() => random);
    let nowMs = 0;
    const probe = () => {
      const waitMs = throttle.probeInMs(nowMs);
      expect(throttle.take(nowMs)).toBeNull();
      nowMs += waitMs;
      expect(throttle.take(nowMs)).toBe('probe');
      return waitMs;
    };
    takeAll(throttle);
    random = 1;
    expect(probe()).toBe(FIRST_PROBE_MS / 2);
    expect(probe()).toBe(3 * FIRST_PROBE_MS);
    random = 0;
    for (let i = 0; i < 2_000; i++) probe();
    expect(probe()).toBe(LAST_PROBE_MS / 2);
    throttle.accept(nowMs);
    takeAll(throttle, nowMs);
    expect(throttle.probeInMs(nowMs)).toBe(FIRST_PROBE_MS / 2);
  });

  it('has one probe due after however long a time, not one for each wait that passed', () => {
    const throttle = open();
    takeAll(throttle);
    expect([throttle.take(3_600_000), throttle.take(3_600_000)]).toEqual(['probe', null]);
  });

  it('gives back what was not sent, and a probe nothing, since it cost nothing', () => {
    const throttle = open();
    takeAll(throttle);
    throttle.giveBack('probe');
    expect(takeAll(throttle)).toBe(0);
    throttle.giveBack('credit');
    expect(takeAll(throttle)).toBe(1);
  });

  it('lets nothing out while it is closed, then one probe', () => {
    const throttle = open();
    throttle.closeUntil(5_000);
    expect([throttle.take(4_999), throttle.take(5_000), throttle.take(5_000)]).toEqual([null, 'probe', null]);
  });
});
