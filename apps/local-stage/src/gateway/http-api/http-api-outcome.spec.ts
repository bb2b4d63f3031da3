import { readInvocation } from './http-api-outcome.ts';

describe('readInvocation', () => {
  it('reads a good answer', () => {
    const result = readInvocation({ kind: 'returned', payload: { statusCode: 404 } }, '2.0');
    expect(result).toMatchObject({ answer: { statusCode: 404 }, lambdaStatus: 200, errorMessage: null });
  });

  it.each([
    ['F16', { kind: 'throttled', by: 'reserved-concurrency' }, 'function-throttled', 429],
    ['F16', { kind: 'throttled', by: 'account-concurrency' }, 'function-throttled', 429],
    ['F16', { kind: 'throttled', by: 'ten-times-rule' }, 'function-throttled', 429],
    ['F33', { kind: 'throttled', by: 'scaling-rate' }, 'function-throttled', 429],
    ['the machine', { kind: 'throttled', by: 'host' }, 'host-full', null],
    ['F17', { kind: 'threw', errorType: 'TypeError', errorMessage: 'm' }, 'function-failed', 200],
    ['F17', { kind: 'crashed', reason: 'exit 7' }, 'function-failed', 200],
    ['F17', { kind: 'returned', payload: 'no status' }, 'malformed-response', 200],
    ['F18', 'integration-timeout', 'integration-timeout', null],
    ['F19', { kind: 'timed-out', timeoutMs: 1000 }, 'function-failed', 200],
  ] as const)('%s: %j comes to %s', (_fact, outcome, refusal, lambdaStatus) => {
    expect(readInvocation(outcome, '1.0')).toMatchObject({ answer: refusal, lambdaStatus });
  });

  it('names the error of the function for the access log', () => {
    const { errorMessage } = readInvocation(
      { kind: 'threw', errorType: 'TypeError', errorMessage: 'secret' },
      '2.0',
    );
    expect(errorMessage).toContain('TypeError');
    expect(errorMessage).not.toContain('secret');
  });
});
