import type { PayloadFormat } from '../../template/http-api/http-integration-model.ts';
import { readAnswerStatus } from '../answer-status.ts';
import { isWritableHeader } from '../writable-header.ts';
import type { Answer } from '../write-response.ts';

/** The client's connection is not the function's, and the request's id is the gateway's. */
const GATEWAY_OWNED = new Set([
  'apigw-requestid',
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** For an answer that says its status code but not its type, as AWS's own test tool found it. */
const DEFAULT_CONTENT_TYPE = 'text/plain; charset=utf-8';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a function's result as an HTTP API does; null when it is malformed (F17). In format 2.0 a result without
 * a status code is the body itself, with 200 and as JSON; in 1.0 it is malformed. Fields it does not know are
 * left alone, which is unverified.
 */
export function readHttpApiResponse(payload: unknown, format: PayloadFormat): Answer | null {
  const fields = isFields(payload) ? payload : {};
  if (format === '2.0' && !Object.hasOwn(fields, 'statusCode')) return inferAnswer(payload);
  const statusCode = readAnswerStatus(fields['statusCode']);
  if (statusCode === null) return null;
  const body = fields['body'] ?? '';
  if (typeof body !== 'string') return null;
  const headers = format === '2.0' ? readHeadersV2(fields) : readHeadersV1(fields);
  if (!headers) return null;
  // HTTP APIs declare no binary media types: base64 is undone wherever the function says so.
  const isBinary = fields['isBase64Encoded'] === true;
  return {
    statusCode,
    headers: withContentType(headers),
    body: isBinary ? Buffer.from(body, 'base64') : body,
  };
}

/** A text is the body as it is, anything else its JSON. */
function inferAnswer(payload: unknown): Answer {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
  return { statusCode: 200, headers: ['Content-Type', 'application/json'], body };
}

function readHeadersV2(fields: Fields): readonly string[] | null {
  const single = fields['headers'] ?? {};
  const cookies = fields['cookies'] ?? [];
  if (!isFields(single) || !Array.isArray(cookies)) return null;
  const headers: string[] = [];
  for (const [name, value] of Object.entries(single)) if (!push(headers, name, value)) return null;
  for (const cookie of cookies) if (!push(headers, 'Set-Cookie', cookie)) return null;
  return headers;
}

/** Lists of values first; a single value is added to them unless it is one of them. */
function readHeadersV1(fields: Fields): readonly string[] | null {
  const single = fields['headers'] ?? {};
  const multiple = fields['multiValueHeaders'] ?? {};
  if (!isFields(single) || !isFields(multiple)) return null;
  const headers: string[] = [];
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return null;
    for (const value of values) if (!push(headers, name, value)) return null;
  }
  for (const [name, value] of Object.entries(single)) {
    const isListed = headers.some(
      (listed, index) =>
        index % 2 === 0 &&
        listed.toLowerCase() === name.toLowerCase() &&
        headers[index + 1] === String(value),
    );
    if (!isListed && !push(headers, name, value)) return null;
  }
  return headers;
}

function withContentType(headers: readonly string[]): readonly string[] {
  const isThere = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  return isThere ? headers : [...headers, 'Content-Type', DEFAULT_CONTENT_TYPE];
}

/** False for what no header can be: node would refuse it with an exception. */
function push(headers: string[], name: string, value: unknown): boolean {
  if (typeof value === 'object' || value === undefined) return false;
  const text = String(value);
  if (!isWritableHeader(name, text)) return false;
  if (!GATEWAY_OWNED.has(name.toLowerCase())) headers.push(name, text);
  return true;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
