import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../gateway/front/read-body.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { AwsError } from './aws-error.ts';
import { chooseProtocol, type ControlAnswer } from './choose-protocol.ts';
import { DynamoDbPassage } from './pass-to-dynamodb.ts';
import type { StageControls } from './stage-controls.ts';

/** The AWS endpoint of the stage: every call a load test makes, on one port (`AWS_ENDPOINT_URL`). */
export class ControlServer {
  readonly #server: Server;
  readonly #passage: DynamoDbPassage;
  readonly #controls: StageControls;

  constructor(controls: StageControls) {
    this.#controls = controls;
    this.#passage = new DynamoDbPassage(controls.engineEndpoint);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /**
   * Begins to answer.
   * @param port 0 for any free one
   * @returns `http://127.0.0.1:<port>`
   * @throws PortError
   */
  listen(port: number): Promise<string> {
    return listenOnLoopback(this.#server, port, '--control-port');
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    this.#passage.close();
    await closeServer(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = String(request.headers['x-amz-target'] ?? '');
    if (isForEngine(target)) return this.#passage.pass(request, response);
    const body = await readBody(request);
    if (body === 'broken') return;
    const protocol = chooseProtocol(request, body instanceof Buffer ? body : null);
    const requestId = randomUUID();
    let answer: ControlAnswer;
    try {
      if (body === 'too-large') throw new AwsError('RequestEntityTooLargeException', 'over 10 MB', 413);
      answer = protocol.succeed(protocol.call(this.#controls), requestId);
    } catch (error) {
      answer = protocol.fail(asAwsError(error), requestId);
    }
    response.writeHead(answer.statusCode, {
      ...answer.headers,
      'x-amzn-RequestId': requestId,
      ...(answer.statusCode === 204 ? {} : { 'Content-Length': Buffer.byteLength(answer.body) }),
    });
    response.end(answer.body);
  }
}

/** Tables are the engine's; what DynamoDB says of the account is not. */
function isForEngine(target: string): boolean {
  return target.startsWith('DynamoDB_20120810.') && target !== 'DynamoDB_20120810.DescribeLimits';
}

/** A mistake of ours reaches the client as AWS's 500, not as a broken connection. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalFailure', `the local stage failed: ${String(error)}`, 500);
}
