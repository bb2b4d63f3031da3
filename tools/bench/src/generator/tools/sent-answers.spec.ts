import { AnswersColumnsError, readSentAnswers } from './sent-answers.ts';

describe('readSentAnswers', () => {
  it('finds columns by name, wherever they stand', () => {
    const text = 'sequence,latencyMs,new,intendedMs,latenessMs\n0,9.5,x,0,0.25\n1,8,,2,0.5\n';
    expect(readSentAnswers(text)).toEqual({
      intendedMs: Float64Array.of(0, 2),
      sentMs: Float64Array.of(0.25, 2.5),
      latenessMs: Float64Array.of(0.25, 0.5),
      latencyMs: Float64Array.of(9.5, 8),
    });
  });

  it('reads a file of no request', () => {
    expect(readSentAnswers('intendedMs,latenessMs,latencyMs\n').sentMs).toHaveLength(0);
  });

  it.each(['', 'intendedMs,latencyMs\n1,2\n'])('refuses "%s"', (text) => {
    expect(() => readSentAnswers(text)).toThrow(AnswersColumnsError);
  });
});
