import { figureText } from './figure-text.ts';

describe('figureText', () => {
  it.each([
    [1_234.5, '1235'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0, '0'],
    [7, '7'],
    [null, '–'],
    [undefined, '–'],
    [Infinity, '–'],
  ])('writes %s as %s', (value, text) => expect(figureText(value)).toBe(text));
});
