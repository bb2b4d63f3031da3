import { ACCEPTED_MESSAGE } from '@spillway/shared';
import type { Answer } from './answer.ts';
import { judgeAnswer } from './judge-answer.ts';

const answered = (
  status: number,
  body: unknown = { message: 'words' },
  rest: { errorType?: string; retryAfterMs?: number } = {},
): Extract<Answer, { kind: 'answered' }> => ({ kind: 'answered', status, body, errorType: null, ...rest });

describe('judgeAnswer', () => {
  it.each([
    ['429 throttled: not before a token is there', 429, 'throttled', false],
    ['500 from a gateway that Lambda refused', 500, 'failed', true],
    ['502 from a function that broke off', 502, 'failed', true],
    ['503 from the service or the gateway', 503, 'unavailable', true],
    ['504 from a function out of time', 504, 'failed', true],
    ['another 5xx', 520, 'failed', true],
  ])('sends again after %s', (_name, status, reason, mayBeStored) => {
    expect(judgeAnswer(answered(status, null, { retryAfterMs: 2_000 }))).toEqual({
      next: 'retry',
      reason,
      message: `answered ${status}`,
      mayBeStored,
      status,
      retryAfterMs: 2_000,
    });
  });

  it.each([
    ['401', 401, 'forbidden'],
    ['403', 403, 'forbidden'],
    ['404 from a wrong address', 404, 'rejected'],
    ['409: another entry has the id', 409, 'conflict'],
    ['a redirect', 307, 'rejected'],
    ['what a browser makes of a redirect', 0, 'rejected'],
    ['408', 408, 'rejected'],
    ['418', 418, 'rejected'],
    ['a success that is none of the service', 202, 'rejected'],
  ])('gives up after %s', (_name, status, reason) => {
    expect(judgeAnswer(answered(status))).toMatchObject({ next: 'give-up', reason, status });
  });

  it.each([
    ['by its error type', { message: 'anything' }, { errorType: 'LimitExceededException' }],
    ['by its body, where the header is out of sight', { message: 'Limit Exceeded' }, {}],
  ])('tells a quota that is used up from a throttle %s', (_name, body, rest) => {
    expect(judgeAnswer(answered(429, body, { retryAfterMs: 3_600_000, ...rest }))).toMatchObject({
      next: 'give-up',
      reason: 'quota',
      retryAfterMs: 3_600_000,
    });
  });

  it('takes a throttle for one, whatever its words', () => {
    const throttle = answered(
      429,
      { message: 'Too Many Requests' },
      { errorType: 'TooManyRequestsException' },
    );
    expect(judgeAnswer(throttle)).toMatchObject({ next: 'retry', reason: 'throttled' });
  });

  it('is done with a 200 of the service, and not with that of something else', () => {
    expect(judgeAnswer(answered(200, { message: ACCEPTED_MESSAGE, more: 1 }))).toEqual({ next: 'done' });
    const other = { message: 'hello from another API' };
    expect(judgeAnswer(answered(200, other))).toMatchObject({ reason: 'rejected', mayBeStored: true });
    expect(judgeAnswer(answered(200, null))).toMatchObject({ reason: 'rejected', mayBeStored: true });
    expect(judgeAnswer(answered(200, 'welcome'))).toMatchObject({ reason: 'rejected', mayBeStored: true });
  });

  it.each([
    [400, 'invalid'],
    [413, 'too-large'],
  ])('hands on what %i says is wrong, where it says it', (status, reason) => {
    const issues = [{ path: '$.year', message: 'is -1; want a whole number' }];
    const refusal = { next: 'refuse', reason };
    expect(judgeAnswer(answered(status, { message: 'no', issues }))).toMatchObject({ ...refusal, issues });
    expect(judgeAnswer(answered(status, { message: 'Invalid request body' }))).toMatchObject({
      ...refusal,
      issues: [],
    });
    expect(judgeAnswer(answered(status, null))).toMatchObject({ ...refusal, issues: [] });
  });

  it('sends again what nobody answered, since it may have arrived', () => {
    expect(judgeAnswer({ kind: 'unanswered', message: 'no answer: reset' })).toEqual({
      next: 'retry',
      reason: 'connection',
      message: 'no answer: reset',
      mayBeStored: true,
    });
  });

  it('sends again what was refused for a signature that will differ', () => {
    const refused = answered(403, { message: 'Signature expired' });
    expect(judgeAnswer({ ...refused, isSignatureStale: true })).toEqual({
      next: 'retry',
      reason: 'forbidden',
      message: 'answered 403: Signature expired',
      mayBeStored: false,
      status: 403,
    });
    expect(judgeAnswer({ ...refused, isSignatureStale: false })).toMatchObject({ next: 'give-up' });
  });

  it('gives up what could not be signed', () => {
    expect(judgeAnswer({ kind: 'unsigned', message: 'not signed: no role' })).toMatchObject({
      next: 'give-up',
      reason: 'credentials',
    });
  });
});
