import { AnswersFileError, ANSWERS_HEADER, outcomes } from '@spillway/capacity';
import { AnswerLog } from './answer-log.ts';
import { printAnswers, readAnswers } from './answers-file.ts';

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

const bytesOf = (log: AnswerLog): Buffer => Buffer.concat([...printAnswers(log)]);

describe('printAnswers', () => {
  const text = bytesOf(sampleLog()).toString();

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

  it('never holds more than some thousand rows, however wide they are', () => {
    // At the end of a day, late by an hour and answered an hour after that, to the microsecond.
    const [dayMs, hourMs] = [86_400_000.123, 3_600_000.123];
    const count = 20_000;
    const log = new AnswerLog(new Float64Array(count).fill(dayMs));
    const ending = { outcome: 'connection-error', status: 599, errorType: 'x'.repeat(10_000) } as const;
    for (let i = 0; i < count; i += 1) {
      log.send(dayMs + hourMs);
      log.connected(i, hourMs);
      log.firstByte(i, dayMs + 2 * hourMs);
      log.settle(i, dayMs + 2 * hourMs, ending);
    }
    const pieces = [...printAnswers(log)];
    expect(pieces.length).toBeGreaterThan(4);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1024 * 1024);
    expect(readAnswers(Buffer.concat(pieces), 'f', count).count).toBe(count);
  });
});

describe('readAnswers', () => {
  const sent = outcomes.length;

  it('reads what printAnswers wrote, to the microsecond, without what was never sent', () => {
    const answers = readAnswers(bytesOf(sampleLog()), 'f', sent);
    expect(answers.count).toBe(sent);
    expect([...answers.intendedMs]).toEqual([0, 10, 20, 30, 40, 50]);
    expect([...answers.latenessMs]).toEqual(Array(6).fill(0.123));
    expect([...answers.latencyMs]).toEqual(Array(6).fill(3.25));
    expect(Array.from(answers.outcome, (index) => outcomes[index])).toEqual(outcomes);
    expect(answers.status[2]).toBe(429);
  });

  it('reads a step in which nothing was sent', () => {
    const nothing = bytesOf(new AnswerLog(new Float64Array(3)));
    expect(nothing.toString()).toBe(`${ANSWERS_HEADER}\n`);
    expect(readAnswers(nothing, 'f', 0).count).toBe(0);
  });

  it('refuses a part of it, by the name it is told', () => {
    const bytes = bytesOf(sampleLog());
    const reading = () => readAnswers(bytes.subarray(0, -20), 'step-x.answers.csv', sent);
    expect(reading).toThrow(AnswersFileError);
    expect(reading).toThrow(
      /^step-x.answers.csv: ends in the middle of a row, want the rest of it; run npx /,
    );
  });
});
