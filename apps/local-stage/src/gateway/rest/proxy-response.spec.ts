import { readProxyResponse, type ProxyResponseContext } from './proxy-response.ts';

const text: ProxyResponseContext = { binaryMediaTypes: [], accept: '*/*' };
const binary: ProxyResponseContext = { binaryMediaTypes: ['image/png'], accept: 'image/png,*/*' };

const read = (payload: unknown, context = text): unknown => {
  const answer = readProxyResponse(payload, context);
  return answer && { ...answer, body: Buffer.from(answer.body as string).toString('latin1') };
};

describe('readProxyResponse', () => {
  it.each([
    ['a status alone', { statusCode: 200 }, [200, ['Content-Type', 'application/json'], '']],
    ['a status as text', { statusCode: '201' }, [201, ['Content-Type', 'application/json'], '']],
    [
      'its own content type',
      { statusCode: 200, headers: { 'content-type': 'a/b' } },
      [200, ['content-type', 'a/b'], ''],
    ],
    [
      'numbers as values',
      { statusCode: 200, headers: { 'content-type': 'a/b', 'x-n': 5 } },
      [200, ['content-type', 'a/b', 'x-n', '5'], ''],
    ],
    [
      'repeated headers',
      { statusCode: 200, multiValueHeaders: { 'Content-Type': ['a/b'], 'Set-Cookie': ['a=1', 'b=2'] } },
      [200, ['Content-Type', 'a/b', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'], ''],
    ],
    [
      'the same value in both once',
      { statusCode: 200, headers: { 'content-type': 'a/b' }, multiValueHeaders: { 'Content-Type': ['a/b'] } },
      [200, ['Content-Type', 'a/b'], ''],
    ],
    [
      'a header the gateway keeps for itself under another name',
      { statusCode: 401, headers: { 'content-type': 'a/b', 'WWW-Authenticate': 'Basic' } },
      [401, ['content-type', 'a/b', 'x-amzn-Remapped-WWW-Authenticate', 'Basic'], ''],
    ],
    ['an empty body', { statusCode: 200, body: null }, [200, ['Content-Type', 'application/json'], '']],
    [
      "the gateway's own ids under other names, what is about a connection not at all",
      {
        statusCode: 200,
        headers: {
          'content-type': 'a/b',
          'X-Amzn-RequestId': '1',
          'x-amz-apigw-id': '2',
          'x-amzn-trace-id': '3',
          'Keep-Alive': 'timeout=9',
          trailer: 'x-a',
        },
      },
      [
        200,
        [
          'content-type',
          'a/b',
          'x-amzn-Remapped-X-Amzn-RequestId',
          '1',
          'x-amzn-Remapped-x-amz-apigw-id',
          '2',
          'x-amzn-Remapped-x-amzn-trace-id',
          '3',
        ],
        '',
      ],
    ],
  ])('passes on %s', (_case, payload, [statusCode, headers, body]) => {
    expect(read(payload)).toEqual({ statusCode, headers, body });
  });

  it.each([
    ['nothing', null],
    ['text', 'hello'],
    ['a list', [200]],
    ['no status', { body: 'x' }],
    ['a status out of range', { statusCode: 99 }],
    ['a status that does not end the request', { statusCode: 101 }],
    ['a status with a fraction', { statusCode: 200.5 }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a field that does not belong', { statusCode: 200, message: 'x' }],
    ['headers that are a list', { statusCode: 200, headers: [] }],
    ['a header that is an object', { statusCode: 200, headers: { a: {} } }],
    ['a header name that is none', { statusCode: 200, headers: { 'a b': 'x' } }],
    ['a header that breaks the line', { statusCode: 200, headers: { a: 'x\r\ny: z' } }],
    ['repeated headers that are text', { statusCode: 200, multiValueHeaders: { a: 'x' } }],
  ])('calls %s malformed (F17)', (_case, payload) => {
    expect(read(payload)).toBeNull();
  });

  it('undoes base64 only where the API declares as binary what the client accepts', () => {
    const payload = { statusCode: 200, body: 'aGk=', isBase64Encoded: true };
    expect(read(payload, binary)).toMatchObject({ body: 'hi' });
    expect(read(payload, { ...binary, accept: 'text/html' })).toMatchObject({ body: 'aGk=' });
    expect(read(payload, text)).toMatchObject({ body: 'aGk=' });
    expect(read({ ...payload, isBase64Encoded: false }, binary)).toMatchObject({ body: 'aGk=' });
  });
});
