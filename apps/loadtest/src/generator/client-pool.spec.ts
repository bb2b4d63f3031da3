import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClientPool, type PooledConnection, type PooledHandler } from './client-pool.ts';

/** A server that answers when it is told to, and a pool of its connections. */
class Bench {
  readonly answers: ServerResponse[] = [];
  readonly ended: string[] = [];
  readonly given: string[] = [];
  readonly givenUp = new Set<string>();
  open = 0;
  readonly #server: Server;
  #pool: ClientPool | null = null;

  constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      this.answers.push(response);
    });
  }

  async listen(cap: number): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const listener = { onOpened: () => (this.open += 1), onClosed: () => (this.open -= 1) };
    this.#pool = new ClientPool(`http://127.0.0.1:${port}`, cap, { pipelining: 1 }, listener);
  }

  send(name: string): void {
    let given: PooledConnection | null = null;
    const over = (how: string) => {
      this.ended.push(`${name} ${how}`);
      if (given) this.#pool?.free(given);
    };
    const givenUp = this.givenUp;
    const handler: PooledHandler = {
      get isOver() {
        return givenUp.has(name);
      },
      onGiven: (connection, atOnce) => {
        given = connection;
        this.given.push(`${name} ${connection.isOpen ? 'open' : 'closed'} ${atOnce ? 'at once' : 'later'}`);
      },
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => over('answered'),
      onResponseError: () => over('broken'),
    };
    this.#pool?.dispatch({ method: 'GET', path: `/${name}` }, handler);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('ClientPool', () => {
  let bench: Bench;
  beforeEach(() => (bench = new Bench()));
  afterEach(() => bench.close());

  it('opens a connection for each request in flight, and uses a free one again', async () => {
    await bench.listen(10);
    for (const name of ['a', 'b']) bench.send(name);
    await bench.until(() => bench.answers.length === 2);
    expect(bench.open).toBe(2);
    for (const response of bench.answers) response.end();
    await bench.until(() => bench.ended.length === 2);
    for (const name of ['c', 'd']) bench.send(name);
    await bench.until(() => bench.answers.length === 4);
    expect(bench.open).toBe(2);
    expect(bench.given).toEqual(['a closed at once', 'b closed at once', 'c open at once', 'd open at once']);
  });

  it('takes the connection that was used last', async () => {
    await bench.listen(10);
    for (const name of ['a', 'b', 'c']) bench.send(name);
    await bench.until(() => bench.answers.length === 3);
    const [first, second, third] = bench.answers as [ServerResponse, ServerResponse, ServerResponse];
    const ports: (number | undefined)[] = [second.req.socket.remotePort];
    for (const response of [first, third, second]) {
      response.end();
      const soFar = bench.ended.length;
      await bench.until(() => bench.ended.length > soFar);
    }
    bench.send('d');
    await bench.until(() => bench.answers.length === 4);
    expect([bench.answers[3]?.req.socket.remotePort]).toEqual(ports);
  });

  it('makes requests beyond the cap wait, in order', async () => {
    await bench.listen(1);
    for (const name of ['a', 'b', 'c']) bench.send(name);
    for (let answered = 0; answered < 3; answered += 1) {
      await bench.until(() => bench.answers.length === answered + 1);
      expect(bench.answers[answered]?.req.url).toBe(`/${'abc'[answered]}`);
      expect(bench.open).toBe(1);
      bench.answers[answered]?.end();
    }
    await bench.until(() => bench.ended.length === 3);
    expect(bench.given).toEqual(['a closed at once', 'b open later', 'c open later']);
  });

  it('passes over who was given up while it waited', async () => {
    await bench.listen(1);
    for (const name of ['a', 'b', 'c']) bench.send(name);
    bench.givenUp.add('b');
    await bench.until(() => bench.answers.length === 1);
    bench.answers[0]?.end();
    await bench.until(() => bench.answers.length === 2);
    expect(bench.answers[1]?.req.url).toBe('/c');
    bench.answers[1]?.end();
    await bench.until(() => bench.ended.length === 2);
    bench.send('d');
    await bench.until(() => bench.given.length === 3);
    expect(bench.given).toEqual(['a closed at once', 'c open later', 'd open at once']);
  });

  it('opens a broken connection anew', async () => {
    await bench.listen(1);
    bench.send('a');
    await bench.until(() => bench.answers.length === 1);
    bench.answers[0]?.destroy();
    await bench.until(() => bench.ended.length === 1);
    bench.send('b');
    await bench.until(() => bench.answers.length === 2);
    bench.answers[1]?.end();
    await bench.until(() => bench.ended.length === 2);
    expect(bench.ended).toEqual(['a broken', 'b answered']);
  });
});
