import { named } from '../__fixtures__/http-api-stage.ts';
import { readHttpApiResponse } from './http-api-response.ts';

const read = (
  payload: unknown,
  format: '1.0' | '2.0' = '2.0',
): { statusCode: number; headers: Record<string, string[]>; body: string } | null => {
  const answer = readHttpApiResponse(payload, format);
  return (
    answer && {
      ...answer,
      headers: named(answer.headers),
      body: Buffer.from(answer.body as string).toString('latin1'),
    }
  );
};

const JSON_TYPE = { 'content-type': ['application/json'] };
const TEXT_TYPE = { 'content-type': ['text/plain; charset=utf-8'] };

describe('readHttpApiResponse, format 2.0', () => {
  it.each([
    ['a text', 'Hello', 'Hello'],
    ['an object', { message: 'Hello' }, '{"message":"Hello"}'],
    ['a list', [1, 2], '[1,2]'],
    ['a number', 7, '7'],
    ['nothing', null, 'null'],
    ['an object with a body alone', { body: 'x' }, '{"body":"x"}'],
  ])('takes %s without a status code for the body, with 200 and as JSON', (_case, payload, body) => {
    expect(read(payload)).toEqual({ statusCode: 200, headers: JSON_TYPE, body });
  });

  it('passes status, headers of any plain value and body on, and each cookie as a header', () => {
    const payload = {
      statusCode: 201,
      headers: { 'X-Number': 7, 'X-Flag': true, 'content-type': 'text/css' },
      cookies: ['a=1; Secure', 'b=2'],
      body: 'b {}',
    };
    expect(read(payload)).toEqual({
      statusCode: 201,
      headers: {
        'x-number': ['7'],
        'x-flag': ['true'],
        'content-type': ['text/css'],
        'set-cookie': ['a=1; Secure', 'b=2'],
      },
      body: 'b {}',
    });
  });

  it('says text where an answer with a status code does not say its type', () => {
    expect(read({ statusCode: 200 })).toEqual({ statusCode: 200, headers: TEXT_TYPE, body: '' });
  });

  it('undoes base64 whatever the type, and only where the function says so', () => {
    const body = Buffer.from([0, 255]).toString('base64');
    expect(read({ statusCode: 200, isBase64Encoded: true, body })?.body).toBe('\u0000\u00ff');
    expect(read({ statusCode: 200, body })?.body).toBe(body);
  });

  it("keeps the connection and the request's id for the gateway", () => {
    const headers = { Connection: 'close', 'content-length': '9', 'Apigw-Requestid': 'x', 'x-own': '1' };
    expect(read({ statusCode: 200, headers })?.headers).toEqual({ ...TEXT_TYPE, 'x-own': ['1'] });
  });
});

describe('readHttpApiResponse, format 1.0', () => {
  it('passes lists of values on, and single ones that are not in them', () => {
    const payload = {
      statusCode: 200,
      headers: { 'set-cookie': 'b=2', 'x-one': '1' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'x',
    };
    expect(read(payload, '1.0')).toEqual({
      statusCode: 200,
      headers: { ...TEXT_TYPE, 'set-cookie': ['a=1', 'b=2'], 'x-one': ['1'] },
      body: 'x',
    });
  });

  it.each([['Hello'], [{ message: 'Hello' }], [null]])('F17: finds %j malformed', (payload) => {
    expect(read(payload, '1.0')).toBeNull();
  });

  it('F17: finds lists that are none malformed', () => {
    expect(read({ statusCode: 200, multiValueHeaders: { a: 'b' } }, '1.0')).toBeNull();
    expect(read({ statusCode: 200, multiValueHeaders: [] }, '1.0')).toBeNull();
  });
});

describe.each(['1.0', '2.0'] as const)('readHttpApiResponse, F17 in format %s', (format) => {
  it.each([
    ['a status that is no number', { statusCode: 'fine' }],
    ['a status below 200', { statusCode: 199 }],
    ['a status above 599', { statusCode: 600 }],
    ['no value for the status', { statusCode: null }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are a list', { statusCode: 200, headers: ['a'] }],
    ['headers that are a text', { statusCode: 200, headers: 'a: b' }],
    ['a header without a value', { statusCode: 200, headers: { a: null } }],
    ['a header of two lines', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header whose name is none', { statusCode: 200, headers: { 'a b': 'c' } }],
  ])('finds %s malformed', (_case, payload) => {
    expect(read(payload, format)).toBeNull();
  });

  it('takes the first and the last status there is', () => {
    expect(read({ statusCode: 200 }, format)?.statusCode).toBe(200);
    expect(read({ statusCode: '599' }, format)?.statusCode).toBe(599);
  });
});
