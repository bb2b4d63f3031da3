import { matchWildcard } from './match-wildcard.ts';

describe('matchWildcard', () => {
  it.each([
    ['prod/GET/pets', 'prod/GET/pets', true],
    ['prod/GET/pets', 'prod/GET/pets/1', false],
    ['prod/*/pets', 'prod/GET/pets', true],
    ['prod/*', 'prod/GET/a/b', true],
    ['prod/*', 'prod/', true],
    ['prod/*', 'prod', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['v?', 'v1', true],
    ['v?', 'v', false],
    ['v?', 'v12', false],
    ['*/b/*/d', 'a/b/b/c/d', true],
    ['*b*b', 'abbb', true],
    ['*b*b', 'ab', false],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (pattern, text, isMatch) => {
    expect(matchWildcard(pattern, text)).toBe(isMatch);
  });

  it('answers in no time where a regular expression would not end', () => {
    expect(matchWildcard('*a'.repeat(50) + 'b', 'a'.repeat(5000))).toBe(false);
  });
});
