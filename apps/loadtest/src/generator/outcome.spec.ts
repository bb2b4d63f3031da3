import { outcomeOf } from './outcome.ts';

describe('outcomeOf', () => {
  it.each([
    [200, 'acknowledged', 'the entry was taken'],
    [299, 'acknowledged', 'last of 2xx'],
    [301, 'refused', 'a redirect took no entry'],
    [400, 'refused', 'first of 4xx'],
    [403, 'refused', 'no key'],
    [409, 'refused', 'other content under the same id'],
    [413, 'refused', 'too large'],
    [428, 'refused', 'last before 429'],
    [429, 'throttled', 'policy, not damage'],
    [430, 'refused', 'first after 429'],
    [499, 'refused', 'last of 4xx'],
    [500, 'failed', 'Lambda throttled (F16)'],
    [502, 'failed', 'function threw (F17)'],
    [504, 'failed', 'integration timeout (F18)'],
  ])('classes %i as %s: %s', (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome);
  });
});
