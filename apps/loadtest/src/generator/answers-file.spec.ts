import { ANSWERS_HEADER, outcomes } from '@spillway/capacity';
import { constants } from 'node:buffer';
import { AnswerLog } from './answer-log.ts';
import { AnswersFileError, printAnswers, readAnswers } from './answers-file.ts';
import { MAX_ARRIVALS } from './pace-arrivals.ts';

/** One request for each outcome, and a last one that was never sent. */
function sampleLog(): AnswerLog {
  const log = new AnswerLog(Float64Array.from({ length: outcomes.length + 1 }, (_, i) => i * 10));
  outcomes.forEach((outcome, i) => {
    log.send(i * 10 + 0.1234567);
    if (outcome !== 'connection-error') log.connected(i, outcome === 'refused' ? 1.0004 : 0);
    if (outcome !== 'timeout') log.firstByte(i, i * 10 + 2);
    const status = outcome === 'throttled' ? 429 : 200;
    log.settle(i, i * 10 + 3.25, {
      outcome,
      status,
      errorType: outcome === 'throttled' ? 'TooMany,"Requests' : '',
    });
  });
  return log;
}

describe('readAnswers', () => {
  const text = printAnswers(sampleLog());
  const sent = outcomes.length;

  it('reads what printAnswers wrote, to the microsecond, without what was never sent', () => {
    const answers = readAnswers(text, 'f', sent);
    expect(answers.count).toBe(sent);
    expect([...answers.intendedMs]).toEqual([0, 10, 20, 30, 40, 50]);
    expect([...answers.latenessMs]).toEqual(Array(6).fill(0.123));
    expect([...answers.latencyMs]).toEqual(Array(6).fill(3.25));
    expect(Array.from(answers.outcome, (index) => outcomes[index])).toEqual(outcomes);
    expect(answers.status[2]).toBe(429);
  });

  it('writes names without anything that CSV would have to quote', () => {
    expect(text.split('\n')[3]).toBe('2,20,0.123,0,2,3.25,throttled,429,TooMany__Requests');
  });

  it('leaves empty what did not come about, and writes 0 for a connection that was free', () => {
    const column = (index: number) =>
      text
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[index]);
    expect(column(3)).toEqual(['0', '1', '0', '0', '0', '']);
    expect(column(4)).toEqual(['2', '2', '2', '2', '', '2']);
  });

  it('reads a step in which nothing was sent', () => {
    expect(readAnswers(`${ANSWERS_HEADER}\n`, 'f', 0).count).toBe(0);
  });

  it('refuses a file cut off anywhere', () => {
    for (let length = 0; length < text.length; length += 1) {
      expect(() => readAnswers(text.slice(0, length), 'f', sent)).toThrow(AnswersFileError);
    }
  });

  it.each([
    ['an unknown outcome', text.replace('refused', 'ignored')],
    ['a row out of order', text.replace('\n1,', '\n7,')],
    ['a row too many', `${text}6,1,1,1,1,failed,500,\n`],
    ['a latency that is no number', text.replace(',3.25,', ',,')],
    ['a connect time that is no number', text.replace('0,0,0.123,0,', '0,0,0.123,x,')],
    ['a first byte that is no number', text.replace(',2,3.25,', ',x,3.25,')],
    ['a row without its connect time', text.replace('0.123,0,2,3.25', '0.123,2,3.25')],
    ['another header', text.replace('sequence', 'id')],
  ])('refuses %s', (_, broken) => {
    expect(() => readAnswers(broken, 'step-x.answers.csv', sent)).toThrow(/^step-x.answers.csv: /);
  });
});

describe('printAnswers', () => {
  it('holds the most requests that a step may have in half a string, however wide their rows are', () => {
    // At the end of a day, late by an hour and answered an hour after that, to the microsecond.
    const [dayMs, hourMs] = [86_400_000.123, 3_600_000.123];
    const log = new AnswerLog(Float64Array.of(dayMs));
    log.send(dayMs + hourMs);
    log.connected(0, hourMs);
    log.firstByte(0, dayMs + 2 * hourMs);
    const errorType = 'x'.repeat(10_000);
    log.settle(0, dayMs + 2 * hourMs, { outcome: 'connection-error', status: 599, errorType });
    const row = printAnswers(log).length - ANSWERS_HEADER.length - 1;
    expect(row).toBeGreaterThan(100);
    const widest = row + String(MAX_ARRIVALS - 1).length - '0'.length;
    expect(widest * MAX_ARRIVALS).toBeLessThan(constants.MAX_STRING_LENGTH / 2);
  });
});
