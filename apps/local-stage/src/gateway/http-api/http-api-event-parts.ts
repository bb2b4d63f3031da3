import type { IncomingMessage } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import { isHopHeader } from '../hop-headers.ts';
import { firstMediaType } from '../media-type.ts';
import type { RequestIds } from '../request-ids.ts';
import { sourceIpOf } from '../source-ip.ts';

/** Measured on AWS by others (ministackorg/ministack#766): all else, and a body without a type, is binary. */
const TEXT_MEDIA = /^(text\/.+|application\/(json|xml|javascript))$/;

/** A value, or several, for each name. */
export type MultiValues = ReadonlyMap<string, readonly string[]>;

/**
 * The headers that the function sees, names in small letters, in the client's order. A request without a body has
 * a content length of 0, as AWS shows it.
 */
export function readEventHeaders(request: IncomingMessage, bodyBytes: number, ids: RequestIds): MultiValues {
  const headers = new Map<string, string[]>();
  const raw = request.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase();
    if (isHopHeader(name)) continue;
    const values = headers.get(name);
    if (values) values.push(raw[index + 1] as string);
    else headers.set(name, [raw[index + 1] as string]);
  }
  const { 'x-forwarded-for': forwardedFor } = request.headers;
  const client = sourceIpOf(request);
  headers.set('content-length', [String(bodyBytes)]);
  headers.set('x-amzn-trace-id', [ids.traceHeader]);
  headers.set('x-forwarded-for', [
    forwardedFor === undefined ? client : `${String(forwardedFor)}, ${client}`,
  ]);
  headers.set('x-forwarded-port', [String(request.socket.localPort ?? 0)]);
  headers.set('x-forwarded-proto', ['http']);
  return headers;
}

/** The query's values, decoded, in the client's order; null where there is none. */
export function readEventQuery(query: string): MultiValues | null {
  if (query === '') return null;
  const parameters = new Map<string, readonly string[]>();
  for (const [name, value = ''] of Object.entries(parseQuery(query, '&', '=', { maxKeys: 0 }))) {
    parameters.set(name, Array.isArray(value) ? value : [value]);
  }
  return parameters;
}

/** The body as text, or as base64 where its content type is none of the texts. */
export function readEventBody(
  body: Buffer,
  contentType: string | undefined,
): { readonly body: string; readonly isBase64Encoded: boolean } {
  const isBase64Encoded = !TEXT_MEDIA.test(firstMediaType(contentType));
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

/** A record without a prototype: a client may send a header called __proto__. */
export function toRecord<T>(values: MultiValues, pick: (values: readonly string[]) => T): Record<string, T> {
  const record = Object.create(null) as Record<string, T>;
  for (const [name, all] of values) record[name] = pick(all);
  return record;
}

/** `/caf%C3%A9` → `/café`, as AWS's own test tool found events to have it; what is no UTF-8 stays as it came. */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
