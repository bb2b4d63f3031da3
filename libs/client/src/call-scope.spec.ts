import { openScope, sleep, untilAborted } from './call-scope.ts';
import { FakeClock } from './__fixtures__/fake-clock.ts';

describe('openScope', () => {
  it('ends at its deadline, not before', async () => {
    const clock = new FakeClock();
    const scope = openScope(clock, 1_000);
    await clock.advance(999);
    expect([scope.endedBy(), scope.signal.aborted, scope.remainingMs()]).toEqual([null, false, 1]);
    await clock.advance(1);
    expect([scope.endedBy(), scope.signal.aborted, scope.remainingMs()]).toEqual(['deadline', true, 0]);
  });

  it.each([
    ['while it runs', new AbortController()],
    ['before it began', null],
  ])('ends with what it is part of, aborted %s', (_name, controller) => {
    const clock = new FakeClock();
    const scope = openScope(clock, 1_000, controller?.signal ?? AbortSignal.abort());
    controller?.abort();
    expect([scope.endedBy(), scope.signal.aborted, clock.timers]).toEqual(['aborted', true, 0]);
  });

  it('keeps the first reason', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const scope = openScope(clock, 10, controller.signal);
    await clock.advance(10);
    controller.abort();
    expect(scope.endedBy()).toBe('deadline');
  });

  it('leaves nothing behind when it is closed', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const remove = jest.spyOn(controller.signal, 'removeEventListener');
    const scope = openScope(clock, 10, controller.signal);
    scope.close();
    controller.abort();
    await clock.advance(10);
    expect([clock.timers, scope.endedBy(), remove.mock.calls.length]).toEqual([0, null, 1]);
  });
});

describe('sleep', () => {
  it('ends with its time, or sooner with the signal', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const woken: string[] = [];
    void sleep(clock, 10, controller.signal).then(() => woken.push('in time'));
    void sleep(clock, 20, controller.signal).then(() => woken.push('aborted'));
    await clock.advance(10);
    expect(woken).toEqual(['in time']);
    controller.abort();
    await clock.run(sleep(clock, 30, controller.signal));
    expect(woken).toEqual(['in time', 'aborted']);
    expect(clock.timers).toBe(0);
  });
});

describe('untilAborted', () => {
  it('waits for nobody who does not heed the signal', async () => {
    const controller = new AbortController();
    const work = untilAborted(new Promise<string>(() => undefined), controller.signal);
    controller.abort();
    await expect(work).resolves.toBeNull();
  });

  it('hands on what comes first', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve('value'), signal)).resolves.toBe('value');
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });
});
