import { findUnavailability } from './store-failure.ts';

const named = (name: string) => Object.assign(new Error('x'), { name });
const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('findUnavailability', () => {
  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'InternalServerError',
    'ServiceUnavailable',
    'TimeoutError',
    'TransactionConflictException',
  ])('takes %s for unavailable', (name) => {
    expect(findUnavailability(named(name))).toBe(name);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT'])(
    'takes %s for unavailable',
    (code) => {
      expect(findUnavailability(coded(code))).toBe(code);
    },
  );

  it.each([
    [499, undefined],
    [500, 'HTTP 500'],
    [503, 'HTTP 503'],
  ])('judges an unknown error by its HTTP status %i', (httpStatusCode, reason) => {
    expect(findUnavailability(Object.assign(new Error('x'), { $metadata: { httpStatusCode } }))).toBe(reason);
  });

  it.each([
    ['ValidationException', named('ValidationException')],
    ['AccessDeniedException', named('AccessDeniedException')],
    ['ResourceNotFoundException', named('ResourceNotFoundException')],
    ['a message about throttling', new Error('ThrottlingException: ECONNREFUSED, HTTP 503')],
    ['another code', coded('EACCES')],
    ['no error', 'ThrottlingException'],
  ])('leaves %s to be a failure', (_name, error) => {
    expect(findUnavailability(error)).toBeUndefined();
  });
});
