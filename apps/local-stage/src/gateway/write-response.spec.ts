import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { writeResponse } from './write-response.ts';

let server: Server | null = null;
let sent: number | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** The bytes of an answer as they come over the wire, each as one character. */
async function answer(statusCode: number, headers: string[], body: string | Buffer, method = 'GET') {
  server = createServer((_, response) => {
    sent = writeResponse(response, { statusCode, headers, body }, ['x-id', '7']);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const [head = '', content] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n');
  return { head, content };
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

describe('writeResponse', () => {
  it.each([
    ['a short text', 'hello', 'hello', 5],
    ['a text that is not ASCII', 'h\u00e9llo \u2713', utf8('h\u00e9llo \u2713'), 10],
    ['a long text', 'x'.repeat(100_000), 'x'.repeat(100_000), 100_000],
    ['bytes', Buffer.from([0, 255]), '\u0000\u00ff', 2],
    ['no body', '', '', 0],
  ])('writes %s with its length in bytes', async (_case, body, content, bytes) => {
    const written = await answer(200, ['x-a', 'b'], body);
    expect(written.content).toBe(content);
    expect(written.head).toContain(`\r\nx-a: b\r\nContent-Length: ${bytes}\r\nx-id: 7\r\n`);
    expect(sent).toBe(bytes);
  });

  it.each(['text', 'not ASCII: \u2713'])('leaves a header in Latin-1 before %j', async (body) => {
    expect((await answer(200, ['x-name', 'caf\u00e9'], body)).head).toContain('x-name: caf\u00e9\r\n');
  });

  it.each([204, 304])('writes neither body nor length with %i', async (statusCode) => {
    const { head, content } = await answer(statusCode, [], 'hello');
    expect([head.toLowerCase().includes('content-length'), content, sent]).toEqual([false, '', 0]);
  });

  it('tells a HEAD request the length alone', async () => {
    const { head, content } = await answer(200, [], 'hello', 'HEAD');
    expect(head).toContain('Content-Length: 5');
    expect([content, sent]).toEqual(['', 0]);
  });
});
