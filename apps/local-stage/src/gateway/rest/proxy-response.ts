import { readAnswerStatus } from '../answer-status.ts';
import { isBinaryMedia } from '../media-type.ts';
import { isWritableHeader } from '../writable-header.ts';
import type { Answer } from '../write-response.ts';
import { passedHeaderName } from './passed-header.ts';

/** Facts of the API and the request that decide how a body is written. */
export interface ProxyResponseContext {
  readonly binaryMediaTypes: readonly string[];
  /** The client's `Accept`. */
  readonly accept: string | undefined;
}

const KNOWN_FIELDS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Reads a function's result as a proxy integration does; null when it is malformed (F17): no status code that ends a request,
 * a field a proxy response does not have, or a body that is not a string.
 */
export function readProxyResponse(payload: unknown, context: ProxyResponseContext): Answer | null {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return null;
  const answer = payload as Readonly<Record<string, unknown>>;
  for (const field in answer) if (!KNOWN_FIELDS.has(field)) return null;
  const statusCode = readAnswerStatus(answer['statusCode']);
  if (statusCode === null) return null;
  const body = answer['body'] ?? '';
  if (typeof body !== 'string') return null;
  const headers = collectHeaders(answer['headers'], answer['multiValueHeaders']);
  if (!headers) return null;
  // Base64 is undone only where the API declares what the client accepts as binary; elsewhere it is text.
  const isDecoded =
    answer['isBase64Encoded'] === true && isBinaryMedia(context.binaryMediaTypes, context.accept);
  return { statusCode, headers, body: isDecoded ? Buffer.from(body, 'base64') : body };
}

/**
 * Header maps of single and of repeated values → name, value, name, value; null where a name or a value can't be
 * written. A content type is added where they have none.
 */
export function collectHeaders(single: unknown, multiple: unknown): string[] | null {
  const headers: string[] = [];
  const seen = new Set<string>();
  if (multiple !== undefined && multiple !== null) {
    if (typeof multiple !== 'object' || Array.isArray(multiple)) return null;
    for (const [name, values] of Object.entries(multiple)) {
      if (!Array.isArray(values)) return null;
      for (const value of values) if (!push(headers, name, value)) return null;
      seen.add(name.toLowerCase());
    }
  }
  if (single !== undefined && single !== null) {
    if (typeof single !== 'object' || Array.isArray(single)) return null;
    for (const [name, value] of Object.entries(single)) {
      const lower = name.toLowerCase();
      // The same name in both: the list of values wins when it has this one, as AWS merges them.
      if (seen.has(lower) && includesPair(headers, lower, String(value))) continue;
      if (!push(headers, name, value)) return null;
      seen.add(lower);
    }
  }
  if (!seen.has('content-type')) headers.push('Content-Type', 'application/json');
  return headers;
}

function push(headers: string[], name: string, value: unknown): boolean {
  if (typeof value === 'object' || value === undefined) return false;
  const text = String(value);
  if (!isWritableHeader(name, text)) return false;
  const passedName = passedHeaderName(name);
  if (passedName !== null) headers.push(passedName, text);
  return true;
}

function includesPair(headers: readonly string[], lowerName: string, value: string): boolean {
  return headers.some(
    (name, i) => i % 2 === 0 && name.toLowerCase() === lowerName && headers[i + 1] === value,
  );
}
