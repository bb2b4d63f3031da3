import { FIRST_PROBE_MS, START_REQUESTS } from './adaptive-throttle.ts';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { createSendGate } from './send-gate.ts';

/** A gate, and the names of those that it let through. */
function openGate(maxInFlight: number, random = 0.5) {
  const clock = new FakeClock();
  const gate = createSendGate(clock, () => random, maxInFlight);
  const entered: string[] = [];
  const enter = (name: string, signal = new AbortController().signal) =>
    gate.enter(signal).then((isIn) => entered.push(isIn ? name : `not ${name}`));
  return { clock, gate, entered, enter };
}

describe('createSendGate', () => {
  it('lets as many through at a time as allowed, in their order', async () => {
    const { clock, gate, entered, enter } = openGate(2);
    for (const name of ['a', 'b', 'c', 'd']) void enter(name);
    await clock.advance(60_000);
    expect(entered).toEqual(['a', 'b']);
    gate.leave('accepted');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'b', 'c']);
    gate.leave('refused');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets one probe through at a time once all were refused, after waits that double', async () => {
    const { clock, gate, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 4; i++) void enter(String(i));
    await clock.advance(0);
    for (let i = 0; i < START_REQUESTS; i++) gate.leave('refused');
    const counts: number[] = [];
    for (const passMs of [1, 2, 4].flatMap((times) => [times * FIRST_PROBE_MS - 1, 1])) {
      await clock.advance(passMs);
      counts.push(entered.length - START_REQUESTS);
    }
    expect(counts).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('lets two through for each that is accepted', async () => {
    const { clock, gate, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 4; i++) void enter(String(i));
    await clock.advance(0);
    gate.leave('accepted');
    await clock.advance(0);
    expect(entered).toHaveLength(START_REQUESTS + 2);
  });

  it('charges nothing for a request that was taken back', async () => {
    const { clock, gate, entered, enter } = openGate(100);
    for (let i = 0; i < START_REQUESTS + 1; i++) void enter(String(i));
    await clock.advance(0);
    gate.leave('unknown');
    await clock.advance(0);
    expect(entered).toHaveLength(START_REQUESTS + 1);
  });

  it('lets those go that wait no more, and passes them over', async () => {
    const { clock, gate, entered, enter } = openGate(1);
    const leaver = new AbortController();
    void enter('a');
    void enter('b', leaver.signal);
    void enter('c');
    leaver.abort();
    await clock.advance(0);
    gate.leave('accepted');
    await clock.advance(0);
    expect(entered).toEqual(['a', 'not b', 'c']);
  });

  it('keeps no timer that nobody waits for', async () => {
    const { clock, enter } = openGate(100);
    const leaver = new AbortController();
    for (let i = 0; i < START_REQUESTS; i++) void enter(String(i));
    void enter('last', leaver.signal);
    await clock.advance(0);
    expect(clock.timers).toBe(1);
    leaver.abort();
    await clock.advance(0);
    expect(clock.timers).toBe(0);
  });

  it('refuses what was aborted before it came', async () => {
    const { clock, entered, enter } = openGate(1);
    await clock.run(enter('a', AbortSignal.abort()));
    expect(entered).toEqual(['not a']);
  });
});
