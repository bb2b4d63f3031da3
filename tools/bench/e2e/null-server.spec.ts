import { once } from 'node:events';
import { connect } from 'node:net';
import { startNullServer, type NullServer } from '../src/generator/server/null-server.ts';

let server: NullServer;

beforeAll(async () => {
  server = await startNullServer();
});
afterAll(() => server.stop());

/** All that it answers until it hangs up. */
async function answerTo(sent: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').setEncoding('latin1');
  let answered = '';
  socket.on('data', (text) => (answered += text));
  socket.write(sent);
  await once(socket, 'close');
  return answered;
}

describe('startNullServer', () => {
  it('hangs up on what it can not read, keeps what that was, and serves the next tool', async () => {
    await server.begin(null);
    const chunked = 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await answerTo(chunked)).toBe('');
    expect(await server.end()).toMatchObject({ unreadable: 'a chunked body' });

    await server.begin(null);
    expect(await answerTo('GET / HTTP/1.1\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
    const { unreadable, arrivalsMs } = await server.end();
    expect([unreadable, arrivalsMs.length]).toEqual([null, 1]);
  });
});
