import { FIRST_PROBE_MS, START_REQUESTS } from './adaptive-throttle.ts';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { openScope } from './call-scope.ts';
import { createSendGate, MAX_QUOTA_MS, type LoadSign, type Turn } from './send-gate.ts';

/** A gate, and the names of those that it let through. */
function openGate(maxInFlight: number, random = 0.5) {
  const clock = new FakeClock();
  const gate = createSendGate(clock, () => random, maxInFlight);
  const entered: string[] = [];
  const inside: Extract<Turn, { kind: 'in' }>[] = [];
  const enter = async (name: string, signal?: AbortSignal, deadlineMs = 3_600_000) => {
    const call = openScope(clock, deadlineMs, signal);
    const turn = await gate.enter(call);
    call.close();
    entered.push(turn.kind === 'in' ? name : `${turn.kind} ${name}`);
    if (turn.kind === 'in') inside.push(turn);
  };
  /** One of those inside leaves, the first first. */
  const leave = (sign: LoadSign, retryAfterMs?: number) => inside.shift()?.leave(sign, retryAfterMs);
  return { clock, entered, enter, leave };
}

describe('createSendGate', () => {
  it('lets as many through at a time as allowed, in their order', async () => {
    const { clock, leave, entered, enter } = openGate(2);
    for (const name of ['a', 'b', 'c', 'd']) void enter(name);
    await clock.advance(60_000);
    expect(entered).toEqual(['a', 'b']);
    leave('accepted');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'b', 'c']);
    leave('refused');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets one probe through at a time once all were refused, after waits that double', async () => {
    const { clock, leave, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 4; i++) void enter(String(i));
    await clock.advance(0);
    for (let i = 0; i < START_REQUESTS; i++) leave('refused');
    const counts: number[] = [];
    for (const passMs of [1, 2, 4].flatMap((times) => [times * FIRST_PROBE_MS - 1, 1])) {
      await clock.advance(passMs);
      counts.push(entered.length - START_REQUESTS);
    }
    expect(counts).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('lets two through for each that is accepted', async () => {
    const { clock, leave, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 4; i++) void enter(String(i));
    await clock.advance(0);
    leave('accepted');
    await clock.advance(0);
    expect(entered).toHaveLength(START_REQUESTS + 2);
  });

  it('charges nothing for a request that was never sent', async () => {
    const { clock, leave, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 1; i++) void enter(String(i));
    await clock.advance(0);
    leave('silent');
    await clock.advance(0);
    expect(entered).toHaveLength(START_REQUESTS + 1);
  });

  it('lets those go that wait no more, and passes them over', async () => {
    const { clock, leave, entered, enter } = openGate(1);
    const leaver = new AbortController();
    void enter('a');
    void enter('b', leaver.signal);
    void enter('c');
    leaver.abort();
    await clock.advance(0);
    leave('accepted');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'ended b', 'c']);
  });

  it('keeps no timer that nobody waits for', async () => {
    const { clock, enter } = openGate(100);
    const leaver = new AbortController();
    for (let i = 0; i < START_REQUESTS; i++) void enter(String(i));
    void enter('last', leaver.signal);
    await clock.advance(0);
    // Its own deadline, and the next probe.
    expect(clock.timers).toBe(2);
    leaver.abort();
    await clock.advance(0);
    expect(clock.timers).toBe(0);
  });

  it('lets a probe through that is due, though each that came for it left before', async () => {
    const { clock, entered, enter, leave } = openGate(100);
    for (let i = 0; i < START_REQUESTS; i++) void enter(String(i));
    await clock.advance(0);
    for (let i = 0; i < START_REQUESTS; i++) leave('refused');
    for (let i = 0; i < 4; i++) await clock.run(enter('early', undefined, FIRST_PROBE_MS / 4 - 1));
    expect(entered.slice(START_REQUESTS)).toEqual(new Array(4).fill('ended early'));
    await clock.advance(4);
    await clock.run(enter('probe', undefined, 1));
    await clock.run(enter('next', undefined, 1));
    expect(entered.slice(-2)).toEqual(['probe', 'ended next']);
  });

  it('is closed while a quota is used up: who can’t wait for it is told at once, the others ask once it may be back', async () => {
    const { clock, entered, enter, leave } = openGate(2);
    for (const name of ['a', 'b']) void enter(name);
    void enter('short', undefined, 60_000);
    void enter('long', undefined, 60_001);
    await clock.advance(0);
    leave('quota', 60_000);
    await clock.advance(0);
    await clock.run(enter('late', undefined, 59_000));
    expect(entered).toEqual(['a', 'b', 'no-quota short', 'no-quota late']);
    leave('refused');
    await clock.advance(59_999);
    expect(entered).toHaveLength(4);
    await clock.advance(1);
    expect(entered.at(-1)).toBe('long');
    leave('accepted');
    await clock.run(enter('after', undefined, 1));
    expect(entered.at(-1)).toBe('after');
  });

  it.each([
    ['nothing', undefined],
    ['a day', 86_400_000],
  ])('believes in a used-up quota that says %s for five minutes', async (_name, retryAfterMs) => {
    const { clock, entered, enter, leave } = openGate(2);
    await enter('a');
    leave('quota', retryAfterMs);
    await clock.run(enter('too soon', undefined, MAX_QUOTA_MS));
    void enter('probe', undefined, MAX_QUOTA_MS + 1);
    await clock.advance(MAX_QUOTA_MS);
    expect(entered).toEqual(['a', 'no-quota too soon', 'probe']);
  });

  it('refuses what was aborted before it came', async () => {
    const { clock, entered, enter } = openGate(1);
    await clock.run(enter('a', AbortSignal.abort()));
    expect(entered).toEqual(['ended a']);
  });
});
