import type { IncomingHttpHeaders } from 'node:http';

/** The first type that a header names, without its parameters, in small letters; empty where it names none. */
export function firstMediaType(header: string | undefined): string {
  return header?.split(/[;,]/, 1)[0]?.trim().toLowerCase() ?? '';
}

/** The body's type; a body that says none is JSON to API Gateway. */
export function mediaTypeOf({ 'content-type': contentType }: IncomingHttpHeaders): string {
  return firstMediaType(contentType) || 'application/json';
}

/** Whether the API declares what a header names first as binary; `*` + `/*` declares all. */
export function isBinaryMedia(declared: readonly string[], header: string | undefined): boolean {
  if (declared.length === 0) return false;
  if (declared.includes('*/*')) return true;
  const type = firstMediaType(header);
  return type !== '' && declared.some((binary) => binary.toLowerCase() === type);
}
