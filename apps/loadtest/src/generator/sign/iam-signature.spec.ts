import { iamSignature } from './iam-signature.ts';

/** Key, Region, service and time of AWS's published test suite for Signature Version 4 (aws-sig-v4-test-suite). */
const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const SCOPE = 'Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
const DATE = { 'x-amz-date': '20150830T123600Z' };
const STS_TOKEN =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YU' +
  'uwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQc' +
  'HNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLx' +
  'BA==';

function plan(change: { query?: string; headers?: Record<string, string> } = {}) {
  return {
    target: new URL(`https://example.amazonaws.com/${change.query ?? ''}`),
    region: 'us-east-1',
    service: 'service',
    headers: { ...DATE, ...change.headers },
  };
}

describe('iamSignature', () => {
  it.each([
    [
      'post-vanilla',
      plan(),
      '',
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-vanilla-query',
      plan({ query: '?Param1=value1' }),
      '',
      'host;x-amz-date',
      '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    ],
    [
      'post-x-www-form-urlencoded',
      plan({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      'Param1=value1',
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])("makes the signature of AWS's test vector %s", (_, vector, body, signedHeaders, signature) => {
    expect(iamSignature(vector, () => KEY)(body)['Authorization']).toBe(
      `AWS4-HMAC-SHA256 ${SCOPE}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    );
  });

  it("makes that of AWS's test vector post-sts-header-before, and sends the session token", () => {
    const headers = iamSignature(plan(), () => ({ ...KEY, sessionToken: STS_TOKEN }))('');
    expect(headers['X-Amz-Security-Token']).toBe(STS_TOKEN);
    expect(headers['Authorization']).toContain(
      'SignedHeaders=host;x-amz-date;x-amz-security-token, ' +
        'Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    );
  });

  it('signs the body, the key of a plan and the port of a target', () => {
    const headersOf = iamSignature(
      {
        ...plan({ headers: { 'content-type': 'application/json', 'x-api-key': 'k' } }),
        target: new URL('http://127.0.0.1:4510/prod'),
      },
      () => KEY,
    );
    const [first, other] = [headersOf('{"id":"ü"}'), headersOf('{"id":"o"}')];
    expect(first).toMatchObject({ Host: '127.0.0.1:4510', 'content-length': '11', 'x-api-key': 'k' });
    expect(first['Authorization']).toContain('SignedHeaders=content-type;host;x-amz-date;x-api-key,');
    expect(first['Authorization']).not.toBe(other['Authorization']);
  });

  it('signs with whatever credentials are current', () => {
    let current = KEY;
    const headersOf = iamSignature(plan(), () => current);
    expect(headersOf('')['Authorization']).toContain('AKIDEXAMPLE');
    current = { accessKeyId: 'AKIDRENEWED', secretAccessKey: 'other' };
    expect(headersOf('')['Authorization']).toContain('AKIDRENEWED');
  });
});
