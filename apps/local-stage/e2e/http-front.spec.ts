import { setTimeout as sleep } from 'node:timers/promises';
import { HttpFront, type FrontTimeouts } from '../src/gateway/front/http-front.ts';
import { EdgeApi } from './__fixtures__/edge-api.ts';
import { RawClient, type RawAnswer } from './raw-client.ts';

const PATIENT: FrontTimeouts = { headMs: 60_000, requestMs: 60_000, idleMs: 60_000 };
/** Long enough for a busy machine to get a request through. */
const LIMIT_MS = 500;
const HOST = 'Host: local';

let api: EdgeApi;
let front: HttpFront;
let origin: string;
let client: RawClient;

async function open(timeouts = PATIENT): Promise<void> {
  api = new EdgeApi();
  front = new HttpFront(
    api,
    (error) => {
      throw error;
    },
    timeouts,
  );
  origin = await front.listen(0);
  client = await RawClient.connect(origin);
}

afterEach(() => front.close());

const statusOf = (answer: RawAnswer | 'closed'): number | 'closed' =>
  answer === 'closed' ? 'closed' : answer.statusCode;
const readBodies = async (count: number): Promise<string[]> => {
  const bodies: string[] = [];
  for (let read = 0; read < count; read += 1) {
    const answer = await client.read();
    bodies.push(answer === 'closed' ? answer : `${answer.statusCode} ${answer.body}`);
  }
  return bodies;
};

describe('a connection', () => {
  beforeEach(() => open());

  it('answers pipelined requests in their order', async () => {
    client.send('GET /held HTTP/1.1', HOST, '', 'POST /b HTTP/1.1', HOST, 'Content-Length: 6', '', 'second');
    while (api.invoked.length < 2) await sleep(5);
    api.release();
    expect(await readBodies(2)).toEqual(['200 ', '200 second']);
  });

  it('reads chunked bodies, with extensions and trailers, and stays usable', async () => {
    client.send('POST /echo HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', '3;note=x', 'abc', '');
    client.send('2', 'de', '0', 'X-Trailer: y', '', '');
    client.send('GET /next HTTP/1.1', HOST, '', '');
    expect(await readBodies(2)).toEqual(['200 abcde', '200 ']);
    expect(api.invoked).toEqual(['POST /echo 5', 'GET /next none']);
  });

  it.each([
    ['HTTP/1.1 with Connection: close', ['GET / HTTP/1.1', HOST, 'Connection: close', '', '']],
    ['HTTP/1.0', ['GET / HTTP/1.0', '', '']],
  ])('closes after its answer to %s', async (_case, lines) => {
    client.send(...lines);
    expect(statusOf(await client.read())).toBe(200);
    expect(await client.untilClosed()).toBe('');
  });

  it('sends 100 Continue when it wants the body, and only then', async () => {
    client.send('POST /echo HTTP/1.1', HOST, 'Content-Length: 4', 'Expect: 100-continue', '', '');
    expect(statusOf(await client.read(true))).toBe(100);
    client.send('body', 'GET /next HTTP/1.1', HOST, '', '');
    expect((await readBodies(1))[0]).toBe('200 body');
  });

  it('closes after an early answer to a client that holds its body back', async () => {
    client.send('POST /early HTTP/1.1', HOST, 'Content-Length: 4', 'Expect: 100-continue', '', '');
    expect(await client.read()).toMatchObject({ statusCode: 429, headers: { connection: 'close' } });
    expect(await client.untilClosed()).toBe('');
  });

  it('refuses other expectations', async () => {
    client.send('POST /echo HTTP/1.1', HOST, 'Content-Length: 0', 'Expect: a-miracle', '', '');
    expect(statusOf(await client.read())).toBe(417);
  });

  it.each([
    ['of a known length', 'Content-Length: 12', 'GET /not-me '],
    ['in chunks', 'Transfer-Encoding: chunked', 'c\r\nGET /not-me \r\n0\r\n\r\n'],
  ])('after an early answer takes a body %s for a body', async (_case, framing, body) => {
    client.send('POST /early HTTP/1.1', HOST, framing, '', '');
    expect(statusOf(await client.read())).toBe(429);
    client.send(`${body}GET /next HTTP/1.1`, HOST, '', '');
    expect(await readBodies(1)).toEqual(['200 ']);
    expect(api.invoked).toEqual(['GET /next none']);
  });

  it('answers HEAD without a body and OPTIONS like any method', async () => {
    client.send('HEAD /echo HTTP/1.1', HOST, '', '');
    expect(statusOf(await client.read(true))).toBe(200);
    client.send('OPTIONS /echo HTTP/1.1', HOST, '', '');
    expect(statusOf(await client.read())).toBe(200);
  });

  it.each([
    ['absolute form', 'GET http://elsewhere/prod/x?y=1 HTTP/1.1', 'GET /prod/x?y=1 none'],
    ['asterisk form', 'OPTIONS * HTTP/1.1', 'OPTIONS * none'],
    ['a request to upgrade', 'GET /x HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade', 'GET /x none'],
  ])('serves %s', async (_case, line, invoked) => {
    client.send(line, HOST, '', '');
    expect(statusOf(await client.read())).toBe(200);
    expect(api.invoked).toEqual([invoked]);
  });
});

describe('a request that can not be read', () => {
  beforeEach(() => open());

  it.each([
    ['no HTTP at all', 400, ['hello', '', '']],
    ['an unknown version', 400, ['GET / HTTP/9.9', HOST, '', '']],
    ['no host', 400, ['GET / HTTP/1.1', '', '']],
    ['a blank before the colon', 400, ['GET / HTTP/1.1', HOST, 'A : b', '', '']],
    ['a folded header', 400, ['GET / HTTP/1.1', HOST, 'A: b', ' c', '', '']],
    [
      'length and chunks',
      400,
      ['POST / HTTP/1.1', HOST, 'Content-Length: 3', 'Transfer-Encoding: chunked', '', '0', '', ''],
    ],
    ['two lengths', 400, ['POST / HTTP/1.1', HOST, 'Content-Length: 3', 'Content-Length: 4', '', 'abcd']],
    ['a length that is none', 400, ['POST / HTTP/1.1', HOST, 'Content-Length: 3x', '', 'abc']],
    [
      'chunked, but not last',
      400,
      ['POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked, gzip', '', '0', '', ''],
    ],
    ['a chunk size that is none', 400, ['POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', 'zz', '']],
    ['CONNECT', 400, ['CONNECT local:443 HTTP/1.1', HOST, '', '']],
    ['headers over the quota', 431, ['GET / HTTP/1.1', HOST, `A: ${'a'.repeat(10_240)}`, '', '']],
    ["headers over node's own limit", 431, ['GET / HTTP/1.1', HOST, `A: ${'a'.repeat(40_000)}`, '', '']],
    ['a URL over the quota', 414, [`GET /${'a'.repeat(10_240)} HTTP/1.1`, HOST, '', '']],
  ])('%s is answered %i, the connection closed, nothing invoked', async (_case, status, lines) => {
    client.send(...lines);
    expect(statusOf(await client.read())).toBe(status);
    expect(await client.untilClosed()).toBe('');
    expect(api.invoked).toEqual([]);
  });

  it("takes more headers than node's own limit, when they are within the quota", async () => {
    client.send('GET / HTTP/1.1', HOST, ...Array.from({ length: 2030 }, () => 'a:'), '', '');
    expect(statusOf(await client.read())).toBe(200);
    expect(api.headerCount).toBe(2031);
  });

  it('waits for the answer before it, so that no client takes one for another', async () => {
    client.send('GET /held HTTP/1.1', HOST, '', 'garbage', '', '');
    await sleep(20);
    api.release();
    expect(await readBodies(2)).toEqual(['200 ', '400 ']);
    expect(await client.untilClosed()).toBe('');
  });

  it('has nothing to say after an answer to a request whose body turns out malformed', async () => {
    client.send('POST /early HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', '');
    expect(statusOf(await client.read())).toBe(429);
    client.send('zz', '');
    expect(await client.untilClosed()).toBe('');
  });
});

describe('a slow client', () => {
  it('is answered 408 when its headers do not end', async () => {
    await open({ ...PATIENT, headMs: LIMIT_MS });
    client.send('GET / HTTP/1.1', 'Host: lo');
    expect(statusOf(await client.read())).toBe(408);
    await client.untilClosed();
  });

  it('is answered 408 when its body does not end, and nothing is invoked', async () => {
    await open({ ...PATIENT, headMs: LIMIT_MS, requestMs: LIMIT_MS });
    client.send('POST /echo HTTP/1.1', HOST, 'Content-Length: 10', '', 'half');
    expect(statusOf(await client.read())).toBe(408);
    await client.untilClosed();
    expect([api.invoked, api.broken]).toEqual([[], 1]);
  });

  it('may think between two requests, and wait for an answer, for longer than it may talk', async () => {
    await open({ ...PATIENT, headMs: LIMIT_MS, requestMs: LIMIT_MS });
    client.send('GET /first HTTP/1.1', HOST, '', '');
    expect(statusOf(await client.read())).toBe(200);
    await sleep(2 * LIMIT_MS);
    client.send('GET /held HTTP/1.1', HOST, '', '');
    await sleep(2 * LIMIT_MS);
    api.release();
    expect(statusOf(await client.read())).toBe(200);
  });
});

describe('a client that leaves', () => {
  beforeEach(() => open());

  it('within its body has nothing invoked', async () => {
    client.send('POST /echo HTTP/1.1', HOST, 'Content-Length: 10', '', 'half');
    while (api.arrived === 0) await sleep(5);
    client.abort();
    while (api.broken === 0) await sleep(5);
    expect([api.invoked, api.broken]).toEqual([[], 1]);
  });

  it('while its request is worked on harms nobody', async () => {
    client.send('GET /held HTTP/1.1', HOST, '', '');
    while (api.invoked.length === 0) await sleep(5);
    client.abort();
    await sleep(20);
    api.release();
    client = await RawClient.connect(origin);
    client.send('GET /next HTTP/1.1', HOST, '', '');
    expect(statusOf(await client.read())).toBe(200);
    expect(api.invoked).toEqual(['GET /held none', 'GET /next none']);
  });
});
