import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { docsFiles } from './docs-files.ts';

/** A page that is being served. */
export interface DocsServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Whatever the page's own scripts come to ask for, the browser asks nobody else for it. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** Serves the OpenAPI document as a page, on loopback and a free port. */
export async function startDocsServer(): Promise<DocsServer> {
  const files = docsFiles();
  const server = createServer((request, response) => {
    // Not by `new URL`, which throws at paths such as `//`.
    const [path = ''] = (request.url ?? '').split('?');
    const file = files.get(path);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.contentType, 'content-security-policy': POLICY });
    response.end(file.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
