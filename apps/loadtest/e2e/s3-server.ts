import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of S3 that a place of shards uses, on loopback: conditional PUT, GET, ListObjectsV2 in pages. */
export interface S3Server {
  readonly url: string;
  /** Objects by `bucket/key`. */
  readonly objects: Map<string, string>;
  /** How many of the next requests fail, and as what. */
  failNext(times: number, failure: Failure): void;
  close(): Promise<void>;
}

/** `SlowDown`: refused, to be tried again. `Conflict`: another conditional write is under way. `lost`: done, unanswered. */
export type Failure = 'SlowDown' | 'Conflict' | 'lost';

const PAGE = 3;

/** Variables by which the AWS SDK finds the server, and nothing else. */
export function s3Environment({ url }: S3Server): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, string>();
  const failures: Failure[] = [];
  const server = createServer(
    (request, response) => void answer(request, response, objects, failures.shift()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failNext: (times, failure) => failures.push(...Array<Failure>(times).fill(failure)),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, string>,
  failure: Failure | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://s3');
  const key = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/, '');
  if (!/^AWS4-HMAC-SHA256 /.test(request.headers.authorization ?? ''))
    return fail(response, 403, 'AccessDenied');
  if (failure === 'SlowDown') return fail(response, 503, 'SlowDown');
  if (failure === 'Conflict') return fail(response, 409, 'ConditionalRequestConflict');
  if (request.method === 'PUT') {
    if (request.headers['if-none-match'] === '*' && objects.has(key))
      return fail(response, 412, 'PreconditionFailed');
    const body = Buffer.concat(chunks);
    objects.set(key, body.toString());
    if (failure === 'lost') return void request.socket.destroy();
    return void response.setHeader('etag', `"${createHash('md5').update(body).digest('hex')}"`).end();
  }
  if (url.searchParams.has('list-type')) return list(url, key, objects, response);
  const body = objects.get(key);
  if (body === undefined) return fail(response, 404, 'NoSuchKey');
  response.end(body);
}

function list(url: URL, bucket: string, objects: Map<string, string>, response: ServerResponse): void {
  const prefix = url.searchParams.get('prefix') ?? '';
  const delimiter = url.searchParams.get('delimiter');
  const from = Number(url.searchParams.get('continuation-token') ?? 0);
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(`${bucket}/${prefix}`))
    .map((key) => key.slice(bucket.length + 1))
    .filter((key) => delimiter === null || !key.slice(prefix.length).includes(delimiter))
    .sort();
  const page = keys.slice(from, from + PAGE).map((key) => `<Contents><Key>${key}</Key></Contents>`);
  const isTruncated = from + PAGE < keys.length;
  const token = isTruncated ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : '';
  xml(
    response,
    200,
    `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${token}${page.join('')}</ListBucketResult>`,
  );
}

function fail(response: ServerResponse, status: number, code: string): void {
  xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}
