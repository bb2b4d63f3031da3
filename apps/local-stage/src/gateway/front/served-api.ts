import type { IncomingMessage, ServerResponse } from 'node:http';

/** One API as its listener sees it: `RestGateway` or `HttpApiGateway`. */
export interface ServedApi {
  /** Whether the quota on headers holds the request line too, as an HTTP API's does; a REST API's URL has its own. */
  readonly isRequestLineAHeader?: boolean;
  /** Serves one request to its end; never rejects on the client's account. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
