import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../src/process/free-port.ts';

const SERVER = join(__dirname, '__fixtures__/counting-server.cjs');
const PRELOAD = join(__dirname, '../src/contestants/gate-requests.cjs');
const LIMIT = 3;

let child: ChildProcess;
let port: number;
let otherPort: number;

beforeAll(async () => {
  port = await freePort();
  child = fork(SERVER, {
    execArgv: ['--require', PRELOAD],
    env: { BENCH_GATE_PORT: String(port), BENCH_GATE_LIMIT: String(LIMIT) },
  });
  [{ otherPort }] = (await once(child, 'message')) as [{ otherPort: number }];
});
afterAll(async () => {
  child.kill();
  await once(child, 'exit');
});

/** Most requests that were inside the server at once while it answered all of them. */
async function mostInside(ofPort: number): Promise<number> {
  const ask = async () => Number(await (await fetch(`http://127.0.0.1:${ofPort}`)).text());
  return Math.max(...(await Promise.all(Array.from({ length: 20 }, ask))));
}

describe('gate-requests', () => {
  it('lets as many in at once as it is told, and the others after them', async () => {
    expect(await mostInside(port)).toBe(LIMIT);
  });

  it('leaves other servers of the process alone', async () => {
    expect(await mostInside(otherPort)).toBeGreaterThan(LIMIT);
  });

  it('loses no place to clients that leave while they wait', async () => {
    const leaving = Array.from({ length: 10 }, () => connect(port, '127.0.0.1'));
    await Promise.all(leaving.map((socket) => once(socket, 'connect')));
    for (const socket of leaving) socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n', () => socket.destroy());
    await mostInside(port);
    expect(await mostInside(port)).toBe(LIMIT);
  });
});
