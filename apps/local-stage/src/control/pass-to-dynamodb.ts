import { Agent, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';

/** DynamoDB calls to the AWS endpoint, handed to the engine as they are. */
export class DynamoDbPassage {
  readonly #endpoint: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(engineEndpoint: string) {
    this.#endpoint = new URL(engineEndpoint);
  }

  /** Streams the call to the engine and its answer back; an engine that is not there is DynamoDB's own 500. */
  pass(request: IncomingMessage, response: ServerResponse): void {
    const { hostname, port, host } = this.#endpoint;
    const onward = sendRequest(
      {
        agent: this.#agent,
        hostname,
        port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
      },
    );
    onward.once('error', (error) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(500, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({
          __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
          message: `the local stage can't reach its DynamoDB engine: ${error.message}`,
        }),
      );
    });
    request.pipe(onward);
  }

  close(): void {
    this.#agent.destroy();
  }
}
