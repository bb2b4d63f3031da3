import fc from 'fast-check';
import { AnswersFileError } from './answers-file-error.ts';
import { AnswersReader, type ExpectedAnswers } from './answers-reader.ts';
import { ANSWERS_HEADER, outcomes, type Answers } from './answers.ts';

const FILE = 'step-x.answers.csv';

/** One row for each outcome, the last without connection and first byte. */
const rows = outcomes.map((outcome, i) => {
  const status = outcome === 'throttled' ? 429 : 200;
  const firstByte = i === 5 ? ',' : '0,2.5';
  return `${i},${10 * i},0.123,${firstByte},3.25,${outcome},${status},${i === 2 ? 'TooManyRequests' : ''}\n`;
});
const text = `${ANSWERS_HEADER}\n${rows.join('')}`;

function read(
  content: string,
  expected: Partial<ExpectedAnswers> = {},
  cuts: readonly number[] = [],
): Answers {
  const bytes = new TextEncoder().encode(content);
  const reader = new AnswersReader({ file: FILE, sent: rows.length, ...expected });
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let from = 0;
  for (const end of ends) {
    // Taken from a buffer that is overwritten, as a file is read.
    const piece = Buffer.from(bytes.subarray(from, end));
    reader.take(piece);
    piece.fill(0);
    from = end;
  }
  return reader.end();
}

describe('AnswersReader', () => {
  const line = (number: number) =>
    new RegExp(
      `^${FILE}: line ${number} is "[^]*", want request ${number - 2}; run npx nx run loadtest again`,
    );

  it('reads a column a fact', () => {
    expect(read(text)).toEqual({
      count: 6,
      intendedMs: Float64Array.of(0, 10, 20, 30, 40, 50),
      latenessMs: new Float64Array(6).fill(0.123),
      latencyMs: new Float64Array(6).fill(3.25),
      outcome: Uint8Array.of(0, 1, 2, 3, 4, 5),
      status: Uint16Array.of(200, 200, 429, 200, 200, 200),
    });
  });

  it('reads the same however the file is cut into pieces', () => {
    const whole = read(text);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => expect(read(text, {}, cuts)).toEqual(whole)),
    );
  });

  it('reads a step in which nothing was sent', () => {
    expect(read(`${ANSWERS_HEADER}\n`, { sent: 0 }).count).toBe(0);
  });

  it('reads what was written before connection times were kept', () => {
    const former = text
      .split('\n')
      .map((row) => row.split(',').toSpliced(3, 1).join(','))
      .join('\n');
    expect(read(former)).toEqual(read(text));
    expect(() => read(former.replace('\n0,', '\n0,1,'))).toThrow(line(2));
  });

  it('reads more rows than its columns start with', () => {
    const sent = 150_000;
    const many = Array.from({ length: sent }, (_, i) => `${i},${i / 8},0,0,1,${i % 7},acknowledged,200,\n`);
    const content = `${ANSWERS_HEADER}\n${many.join('')}`;
    const answers = read(content, { sent }, [1_000_000, 2_000_000]);
    expect(read(content, { sent, fileBytes: content.length })).toEqual(answers);
    expect(answers.count).toBe(sent);
    expect(answers.intendedMs).toEqual(Float64Array.from({ length: sent }, (_, i) => i / 8));
    expect(answers.latencyMs).toEqual(Float64Array.from({ length: sent }, (_, i) => i % 7));
  });

  it('refuses a file cut off anywhere', () => {
    for (let length = 0; length < text.length; length += 1) {
      expect(() => read(text.slice(0, length))).toThrow(AnswersFileError);
    }
  });

  it.each<[string, string, RegExp]>([
    ['an unknown outcome', text.replace('refused', 'ignored'), line(3)],
    ['a row out of order', text.replace('\n1,', '\n7,'), line(3)],
    ['a sequence with a leading zero', text.replace('\n1,', '\n01,'), line(3)],
    ['a latency that is no number', text.replace(',3.25,', ',,'), line(2)],
    ['a latency without end', text.replace(',3.25,', ',Infinity,'), line(2)],
    ['a connect time that is no number', text.replace('0,0,0.123,0,', '0,0,0.123,x,'), line(2)],
    ['a first byte that is no number', text.replace(',2.5,3.25,', ',x,3.25,'), line(2)],
    ['a row without its connect time', text.replace('0.123,0,2.5,3.25', '0.123,2.5,3.25'), line(2)],
    ['a cell too many', text.replace('TooManyRequests', 'Too,Many'), line(4)],
    ['a status that HTTP has not', text.replace(',429,', ',1000,'), line(4)],
    ['an empty line', text.replace('\n3,', '\n\n3,'), line(5)],
    ['lines that end as on Windows', text.replaceAll('\n', '\r\n'), /: header "[^]*", want "sequence,/],
    ['another header', text.replace('sequence', 'id'), /: header "id,intendedMs/],
    ['an empty file', '', /: header "", want "sequence,/],
    [
      'a row too many',
      `${text}6,1,1,1,1,1,failed,500,\n`,
      /: 7 answers, want 6; run npx nx run loadtest again, or name another run$/,
    ],
    ['a row too few', text.replace(rows[5]!, ''), /: 5 answers, want 6; /],
    ['half a row', text.slice(0, -9), /: ends in the middle of a row, want the rest of it; /],
  ])('refuses %s', (_, broken, message) => {
    expect(() => read(broken)).toThrow(message);
  });

  it('keeps no more than a line of a file that has none, and quotes less', () => {
    const reader = new AnswersReader({ file: FILE, sent: 6 });
    expect(() => reader.take(new Uint8Array(100_000).fill(120))).toThrow(/header "x{160}…", want "sequence/);
    const rest = new AnswersReader({ file: FILE, sent: 6 });
    rest.take(new TextEncoder().encode(`${ANSWERS_HEADER}\n`));
    expect(() => rest.take(new Uint8Array(100_000).fill(120))).toThrow(/line 2 has more than 65536 bytes/);
  });

  it('takes no more memory than there are rows, whatever was said to be sent', () => {
    for (const known of [{}, { fileBytes: text.length }]) {
      const reader = new AnswersReader({ file: FILE, sent: 1e15, ...known });
      reader.take(new TextEncoder().encode(text));
      expect(() => reader.end()).toThrow(/: 6 answers, want 1000000000000000; /);
    }
  });

  it('never ends in anything but answers or an AnswersFileError, whatever is changed', () => {
    const bytes = new TextEncoder().encode(text);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(...',\n.-0159eaxN\0ÿ'));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(text.length), (changes, cut) => {
        const broken = text.split('');
        for (const [at, character] of changes) broken[at] = character;
        try {
          const { intendedMs, latenessMs, latencyMs } = read(broken.join(''), {}, [cut]);
          expect([...intendedMs, ...latenessMs, ...latencyMs].every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AnswersFileError);
        }
      }),
    );
  });
});

describe('AnswersReader, where sequences may be missing', () => {
  const gaps = text.replace('\n3,', '\n7,').replace('\n4,', '\n8,').replace('\n5,', '\n20,');

  it('keeps the sequences there are', () => {
    expect(read(gaps, { mayHaveGaps: true }).sequence).toEqual(Uint32Array.of(0, 1, 2, 7, 8, 20));
  });

  it('leaves them out where none is missing', () => {
    expect(read(text, { mayHaveGaps: true })).toEqual(read(text));
  });

  it.each([
    ['twice', gaps.replace('\n8,', '\n7,'), 'one after 7'],
    ['out of order', gaps.replace('\n8,', '\n6,'), 'one after 7'],
    ['that is none', gaps.replace('\n0,', '\nx,'), '0'],
  ])('refuses a sequence %s', (_, broken, wanted) => {
    expect(() => read(broken, { mayHaveGaps: true })).toThrow(`want request ${wanted};`);
  });

  it('refuses gaps where none may be', () => {
    expect(() => read(gaps)).toThrow('line 5 is "7,30,0.123,0,2.5,3.25,failed,200,", want request 3;');
  });
});
