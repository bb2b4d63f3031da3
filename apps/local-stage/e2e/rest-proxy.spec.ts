import { RawClient, type RawAnswer } from './raw-client.ts';
import { startRestStage, type RestStage } from './rest-stage.ts';

let stage: RestStage;
beforeAll(async () => (stage = await startRestStage()));
afterAll(() => stage?.stop());

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(stage.urls.prod + path, init);

/** Has the function answer this. */
const answering = (answer: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  call('/echo', { headers: { 'x-answer': JSON.stringify(answer), ...headers } });

async function raw(target: string, ...headers: string[]): Promise<RawAnswer> {
  const client = await RawClient.connect(stage.urls.prod);
  client.send(`GET ${target} HTTP/1.1`, 'Host: h', ...headers, '', '');
  const answer = await client.read();
  client.abort();
  if (answer === 'closed') throw new Error('closed without an answer');
  return answer;
}

const eventOf = async (target: string, ...headers: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await raw(target, ...headers)).body) as Record<string, unknown>;

describe('the event that a function gets', () => {
  it.each([
    ['/prod/echo/', { resource: '/echo', path: '/echo/', pathParameters: null }],
    ['/prod/items/a%20b/c', { resource: '/items/{id}/{part}', pathParameters: { id: 'a b', part: 'c' } }],
    ['/prod/items/a%2Fb/c', { path: '/items/a%2Fb/c', pathParameters: { id: 'a/b', part: 'c' } }],
    ['/prod/items/%ff/c', { pathParameters: { id: '%ff', part: 'c' } }],
    ['/prod/files/a//b/', { resource: '/files/{proxy+}', pathParameters: { proxy: 'a//b' } }],
    [
      '/prod/echo?a=1&a=2&b=x%20y&c&d=',
      {
        queryStringParameters: { a: '2', b: 'x y', c: '', d: '' },
        multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y'], c: [''], d: [''] },
      },
    ],
    ['/prod/echo?', { queryStringParameters: null, multiValueQueryStringParameters: null }],
  ])('from %s', async (target, wanted) => expect(await eventOf(target)).toMatchObject(wanted));

  it("keeps the letters of the client's header names, and all values", async () => {
    const { headers, multiValueHeaders } = await eventOf('/prod/echo', 'X-MiXed: 1', 'X-Two: a', 'X-Two: b');
    expect(headers).toMatchObject({ 'X-MiXed': '1', 'X-Two': 'b' });
    expect(multiValueHeaders).toMatchObject({ 'X-MiXed': ['1'], 'X-Two': ['a', 'b'] });
  });

  it.each([
    ['an unknown stage', '/nostage/echo', '{"message":"Forbidden"}'],
    ['no stage', '/', '{"message":"Forbidden"}'],
  ])('is not made for %s', async (_case, target, body) => {
    expect(await raw(target)).toMatchObject({ statusCode: 403, body });
  });

  it('carries a declared binary body as base64, and others as text', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    const sent = async (type: string): Promise<unknown> =>
      (await call('/echo', { method: 'POST', headers: { 'content-type': type }, body: bytes })).json();
    expect(await sent('image/png')).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
    expect(await sent('text/plain')).toMatchObject({ isBase64Encoded: false });
  });
});

describe('the answer of a function', () => {
  it('passes on status, body, cookies, repeated and renamed headers', async () => {
    const answer = await answering({
      statusCode: '201',
      headers: { 'X-Number': 5, 'X-Flag': true, Date: 'never' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'grüezi',
    });
    expect([answer.status, await answer.text()]).toEqual([201, 'grüezi']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-number')).toBe('5');
    expect(answer.headers.get('x-flag')).toBe('true');
    expect(answer.headers.get('x-amzn-remapped-date')).toBe('never');
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['nothing but a status', { statusCode: 200 }],
    ['a body that is null', { statusCode: 200, body: null }],
    ['headers that are null', { statusCode: 200, headers: null, multiValueHeaders: null }],
  ])('may have %s', async (_case, payload) => {
    const answer = await answering(payload);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it.each([
    ['null', null],
    ['a text', 'hello'],
    ['a list', [200]],
    ['a number', 200],
    ['no status', { body: 'x' }],
    ['a status that is a word', { statusCode: 'OK' }],
    ['a status out of range', { statusCode: 42 }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a body that is a number', { statusCode: 200, body: 5 }],
    ['a field that is none of its', { statusCode: 200, cookies: [] }],
    ['a header that is an object', { statusCode: 200, headers: { a: {} } }],
    ['a header that breaks the line', { statusCode: 200, headers: { a: 'x\r\ny: z' } }],
  ])('is malformed as %s (F17)', async (_case, payload) => {
    const answer = await answering(payload);
    expect([answer.status, await answer.text()]).toEqual([502, '{"message":"Internal server error"}']);
  });

  it('of 7 MB is too large for Lambda (F37)', async () => {
    expect((await call('/big')).status).toBe(502);
  });

  it('is decoded where the API declares what the client accepts as binary', async () => {
    const payload = {
      statusCode: 200,
      headers: { 'Content-Type': 'image/png' },
      body: '/wD+',
      isBase64Encoded: true,
    };
    const read = async (accept: string): Promise<string> =>
      Buffer.from(await (await answering(payload, { accept })).arrayBuffer()).toString('latin1');
    expect(await read('image/png')).toBe('\u00ff\u0000\u00fe');
    expect(await read('text/html')).toBe('/wD+');
  });

  it.each([204, 304])('of %i has no body and no length', async (statusCode) => {
    const answer = await raw('/prod/echo', `x-answer: {"statusCode":${statusCode},"body":"lost"}`);
    expect(answer).toMatchObject({ statusCode, body: '' });
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  it('to HEAD has the length of the body that it leaves out', async () => {
    const answer = await call('/echo', {
      method: 'HEAD',
      headers: { 'x-answer': '{"statusCode":200,"body":"four"}' },
    });
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['4', '']);
  });
});
