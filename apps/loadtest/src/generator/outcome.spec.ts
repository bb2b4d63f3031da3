import type { Outcome } from '@spillway/capacity';
import { kindOf, outcomeOf } from './outcome.ts';

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

describe('kindOf', () => {
  it.each([
    ['throttled', 429, 'TooManyRequestsException', 'TooManyRequestsException', 'the stage throttle (F10)'],
    ['throttled', 429, 'LimitExceededException', 'LimitExceededException', 'a plan that is used up (F11)'],
    ['throttled', 429, '', 'unnamed', 'nothing that says who throttled'],
    ['refused', 409, 'ConflictException', '409', 'its status, whatever it is called'],
    ['failed', 500, 'InternalServerErrorException', '500.InternalServerErrorException', 'status and name'],
    ['failed', 504, '', '504', 'its status where it has no name'],
    ['connection-error', 0, 'ECONNRESET', 'ECONNRESET', 'the code of a broken connection'],
    ['connection-error', 200, '', 'unnamed', 'a break without a code'],
    ['acknowledged', 200, '', null, 'one kind only'],
    ['timeout', 200, '', null, 'one kind only, whatever came too late'],
  ] as [Outcome, number, string, string | null, string][])(
    '%s with status %i and type "%s" is %s: %s',
    (outcome, status, errorType, kind) => {
      expect(kindOf({ outcome, status, errorType })).toBe(kind);
    },
  );
});
