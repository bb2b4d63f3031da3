import { HEADERS_LIMIT_BYTES, normalizeTarget, oversizeOfHead, URL_LIMIT_BYTES } from './request-head.ts';

describe('oversizeOfHead', () => {
  const headersOf = (bytes: number): string[] => [
    'Host',
    'x',
    'A',
    'a'.repeat(bytes - 'Host: x\r\nA: \r\n'.length),
  ];

  it.each([
    ['headers at the quota', '/', headersOf(HEADERS_LIMIT_BYTES), false, undefined],
    ['headers one byte over', '/', headersOf(HEADERS_LIMIT_BYTES + 1), false, 431],
    ['a URL at the quota', '/'.repeat(URL_LIMIT_BYTES), [], false, undefined],
    ['a URL one byte over', '/'.repeat(URL_LIMIT_BYTES + 1), [], false, 414],
    ['both at the quota', '/'.repeat(URL_LIMIT_BYTES), headersOf(HEADERS_LIMIT_BYTES), false, undefined],
    ['line and headers at one quota', '/x', headersOf(HEADERS_LIMIT_BYTES - 17), true, undefined],
    ['line and headers one byte over', '/x', headersOf(HEADERS_LIMIT_BYTES - 16), true, 431],
  ])('judges %s', (_case, url, rawHeaders, isRequestLineIncluded, statusCode) => {
    expect(oversizeOfHead({ method: 'GET', url, rawHeaders }, isRequestLineIncluded)?.statusCode).toBe(
      statusCode,
    );
  });
});

describe('normalizeTarget', () => {
  it.each([
    ['/prod?a=http://b/c', '/prod?a=http://b/c'],
    ['http://host:80/prod/x?y', '/prod/x?y'],
    ['HTTPS://host?y', '/?y'],
    ['http://host', '/'],
    ['*', '*'],
  ])('%s → %s', (url, expected) => {
    const request = { url };
    normalizeTarget(request);
    expect(request.url).toBe(expected);
  });
});
