import { parseSweepNames, sweepsOf } from './sweep-names.ts';

describe('parseSweepNames', () => {
  it.each([
    ['payload', ['payload']],
    ['memory,payload', ['payload', 'memory']],
    ['payload, payload', ['payload']],
  ])('takes %s', (text, names) => {
    expect(parseSweepNames(text)).toEqual(names);
  });

  it.each(['', 'all', 'payload,', 'payload;memory', 'Memory'])('refuses %j', (text) => {
    expect(parseSweepNames(text)).toBeNull();
  });
});

describe('sweepsOf', () => {
  it('is none in the quick profile, and the payload sweep in the full one', () => {
    expect(sweepsOf('quick')).toEqual([]);
    expect(sweepsOf('full')).toEqual(['payload']);
  });

  it('adds what was asked for, memory last', () => {
    expect(sweepsOf('quick', ['memory'])).toEqual(['memory']);
    expect(sweepsOf('full', ['memory'])).toEqual(['payload', 'memory']);
  });
});
