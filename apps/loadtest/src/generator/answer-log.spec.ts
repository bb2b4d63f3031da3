import { outcomes } from '@spillway/capacity';
import * as fc from 'fast-check';
import { AnswerLog, type Ending } from './answer-log.ts';

const acknowledged: Ending = { outcome: 'acknowledged', status: 200, errorType: '' };
const timeout: Ending = { outcome: 'timeout', status: 0, errorType: '' };

describe('AnswerLog', () => {
  it('times from the intended instant, lateness included', () => {
    const log = new AnswerLog(Float64Array.of(10, 20));
    log.send(13);
    log.connected(0, 1);
    log.firstByte(0, 15);
    log.settle(0, 18, acknowledged);
    expect([log.latenessMs[0], log.status[0]]).toEqual([3, 200]);
    expect(log.timesOf(0)).toEqual({ connectMs: 1, firstByteMs: 5, latencyMs: 8 });
  });

  it('has no connect time and no first byte where neither came about', () => {
    const log = new AnswerLog(Float64Array.of(10));
    log.send(10);
    log.settle(0, 12, { outcome: 'connection-error', status: 0, errorType: 'ECONNREFUSED' });
    log.connected(0, 5);
    expect(log.timesOf(0)).toEqual({ connectMs: Number.NaN, firstByteMs: Number.NaN, latencyMs: 2 });
  });

  it('keeps the first ending of a request, whatever arrives later', () => {
    const log = new AnswerLog(Float64Array.of(10));
    log.send(10);
    expect(log.settle(0, 5010, timeout)).toBe(true);
    log.firstByte(0, 6000);
    expect(log.settle(0, 6000, acknowledged)).toBe(false);
    expect(log.counts()).toMatchObject({ timeout: 1, acknowledged: 0 });
    expect(log.latencyMs[0]).toBe(5000);
    expect(log.firstByteMs[0]).toBeNaN();
  });

  it('lists what is pending and overdue, oldest first', () => {
    const log = new AnswerLog(Float64Array.of(0, 10, 20, 30));
    for (const nowMs of [0, 10, 20]) log.send(nowMs);
    log.settle(0, 12, acknowledged);
    expect([...log.pending(20)]).toEqual([1]);
    expect([...log.pending(Infinity)]).toEqual([1, 2]);
    log.settle(1, 25, timeout);
    expect([...log.pending(Infinity)]).toEqual([2]);
  });

  it('counts the most requests that were in flight at once', () => {
    const log = new AnswerLog(Float64Array.of(0, 0, 0));
    log.send(0);
    log.send(0);
    log.settle(0, 1, acknowledged);
    log.send(1);
    expect(log.inFlightMax).toBe(2);
  });

  it('has as many endings as requests sent, in whatever order they end', () => {
    const endings = fc.array(fc.record({ rank: fc.nat(), outcome: fc.constantFrom(...outcomes) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(endings, (plan) => {
        const log = new AnswerLog(new Float64Array(plan.length));
        plan.forEach(() => log.send(0));
        const order = plan.map((ending, i) => ({ ...ending, i })).sort((a, b) => a.rank - b.rank);
        for (const { i, outcome } of order) log.settle(i, 1, { outcome, status: 0, errorType: '' });
        expect(Object.values(log.counts()).reduce((sum, count) => sum + count, 0)).toBe(log.sent);
        expect(log.settled).toBe(log.sent);
      }),
    );
  });
});
