import type { IncomingMessage, ServerResponse } from 'node:http';

/** API Gateway's quota on all headers: names, values, line terminators and blanks. */
export const HEADERS_LIMIT_BYTES = 10_240;

/** API Gateway's quota on the URL of a Regional API. */
export const URL_LIMIT_BYTES = 10_240;

/** `: ` and the end of the line. */
const HEADER_PUNCTUATION_BYTES = 4;

/** An answer to a head over its quota; that AWS answers these two statuses is **?**. */
export interface OversizeAnswer {
  readonly statusCode: 414 | 431;
  readonly text: string;
}

const HEADERS_TOO_LARGE: OversizeAnswer = {
  statusCode: 431,
  text: `HTTP header is larger than ${HEADERS_LIMIT_BYTES} bytes.`,
};
const URL_TOO_LONG: OversizeAnswer = {
  statusCode: 414,
  text: `HTTP request line is larger than ${URL_LIMIT_BYTES} bytes.`,
};

/**
 * Null where the head is within the quotas. Node has read it as Latin-1, so a character is a byte.
 * @param isRequestLineIncluded in the quota on headers
 */
export function oversizeOfHead(
  request: Pick<IncomingMessage, 'method' | 'rawHeaders' | 'url'>,
  isRequestLineIncluded: boolean,
): OversizeAnswer | null {
  const { method = '', url = '', rawHeaders: raw } = request;
  if (url.length > URL_LIMIT_BYTES) return URL_TOO_LONG;
  let bytes = (raw.length / 2) * HEADER_PUNCTUATION_BYTES;
  if (isRequestLineIncluded) bytes += `${method} ${url} HTTP/1.1\r\n`.length;
  for (const text of raw) bytes += text.length;
  return bytes > HEADERS_LIMIT_BYTES ? HEADERS_TOO_LARGE : null;
}

/** Writes it, and closes the connection: whatever body follows is not read. */
export function writeOversize(response: ServerResponse, { statusCode, text }: OversizeAnswer): void {
  response.writeHead(statusCode, {
    'Content-Type': 'text/plain',
    'Content-Length': text.length,
    Connection: 'close',
  });
  response.end(text);
}

/** Absolute form → origin form, as a client writes it to a proxy: `http://host/prod?a` → `/prod?a` (RFC 9112, 3.2.2). */
export function normalizeTarget(request: Pick<IncomingMessage, 'url'>): void {
  const url = request.url ?? '/';
  if (url.startsWith('/')) return;
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(url)?.[1];
  if (rest !== undefined) request.url = rest.startsWith('/') ? rest : `/${rest}`;
}
