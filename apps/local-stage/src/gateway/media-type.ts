import type { IncomingHttpHeaders } from 'node:http';

/** The body's type without its parameters, in small letters; a body that says none is JSON to API Gateway. */
export function mediaTypeOf({ 'content-type': contentType }: IncomingHttpHeaders): string {
  const type = contentType?.split(/[;,]/, 1)[0]?.trim().toLowerCase();
  return type === undefined || type === '' ? 'application/json' : type;
}
