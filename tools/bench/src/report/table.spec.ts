import { markdownTable, plainTable } from './table.ts';

const table = {
  title: 'Speed',
  header: ['', 'per s', 'why'],
  rows: [
    ['a|b', '9', 'x'],
    ['c', '1000', 'because'],
  ],
};

describe('plainTable', () => {
  it('lines figures up to the right, words to the left', () => {
    expect(plainTable(table)).toBe('Speed\n       per s  why\n  a|b      9  x\n  c     1000  because');
  });
});

describe('markdownTable', () => {
  it('is one that a cell cannot break', () => {
    expect(markdownTable(table)).toBe(
      '**Speed**\n\n|  | per s | why |\n| --- | ---: | --- |\n| a\\|b | 9 | x |\n| c | 1000 | because |',
    );
  });
});
