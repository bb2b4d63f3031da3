import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../gateway/clock.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { collectBody, EngineCalls } from './engine-calls.ts';
import { seededRandom, type Random } from './faults/seeded-random.ts';
import { drawFault, type FaultKind, type TableFault } from './faults/table-faults.ts';
import { drawLatencyMs, type TableLatency } from './faults/table-latency.ts';
import type { Meter } from './meter/meter.ts';
import { serveMetered } from './meter/serve-metered.ts';
import { errorAnswer, type TableAnswer } from './table-answer.ts';

/** Longer than the SDK keeps its idle sockets, so that it never writes into one that is being closed. */
const KEEP_ALIVE_MS = 65_000;

/** What stands between the functions and the engine. */
export interface TableProxyOptions {
  readonly engineEndpoint: string;
  /** Knows the tables; a fault throttles as they would. */
  readonly meter: Meter;
  /** Whether the meter also refuses and counts. */
  readonly isMetered: boolean;
  readonly latency: TableLatency | null;
  readonly faults: readonly TableFault[];
  /** Decides the draws, together with the order of the calls. */
  readonly seed: number;
  readonly clock: Clock;
  /** Told of a call that failed by a mistake of ours. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * The table as the functions see it: the engine's answers byte for byte, later or worse as the command line asks, and
 * within the table's capacity. Only the functions' calls come here: those to the AWS endpoint go to the engine
 * directly, so that an audit of the table sees what is in it.
 */
export class TableProxy {
  readonly #options: TableProxyOptions;
  readonly #engine: EngineCalls;
  readonly #server: Server;
  readonly #random: Random;
  readonly #startedAtMs: number;

  constructor(options: TableProxyOptions) {
    this.#options = options;
    this.#engine = new EngineCalls(options.engineEndpoint);
    this.#random = seededRandom(options.seed);
    this.#startedAtMs = options.clock.monotonicMs();
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A client that left, or an engine that is not there: the function sees a broken connection.
        if ((error as NodeJS.ErrnoException).code === undefined) options.onDefect(error);
        request.socket.destroy();
      });
    });
  }

  /** Begins to answer; gives `http://127.0.0.1:<port>`. */
  listen(): Promise<string> {
    return listenOnLoopback(this.#server, 0, '--meter');
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    await closeServer(this.#server);
    this.#engine.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await collectBody(request);
    const { faults, latency, clock } = this.#options;
    const fault = drawFault(faults, clock.monotonicMs() - this.#startedAtMs, this.#random);
    const latencyMs = latency === null ? 0 : drawLatencyMs(latency, this.#random);
    if (fault === 'blackhole') return;
    if (latencyMs > 0) await sleep(Math.round(latencyMs));
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    const answer = await this.#answer(request, body, fault, latencyMs);
    if (fault === 'lost') return void request.socket.resetAndDestroy();
    response.writeHead(answer.statusCode, [
      ...answer.rawHeaders,
      'Content-Length',
      String(answer.body.length),
    ]);
    response.end(answer.body);
  }

  async #answer(
    request: IncomingMessage,
    body: Buffer,
    fault: FaultKind | null,
    latencyMs: number,
  ): Promise<TableAnswer> {
    const { meter, isMetered, clock } = this.#options;
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const forward = (content: Buffer): Promise<TableAnswer> =>
      this.#engine.send(request.url ?? '/', request.rawHeaders, content);
    const call = isMetered || fault === 'throttle' ? meter.read(operation, body) : null;
    switch (fault) {
      case 'throttle':
        return call
          ? meter.throttle(call)
          : errorAnswer(400, 'ThrottlingException', 'Rate of requests exceeds the allowed throughput.');
      case 'error': {
        const answer = errorAnswer(500, 'InternalServerError', 'Internal server error');
        if (call) meter.answered(call, answer.statusCode, latencyMs);
        return answer;
      }
      default:
        return call
          ? serveMetered(
              { call, body, latencyMs, rawHeaders: request.rawHeaders, forward },
              meter,
              this.#engine,
              clock,
            )
          : forward(body);
    }
  }
}
