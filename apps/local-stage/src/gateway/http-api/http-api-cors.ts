import type { IncomingMessage } from 'node:http';
import type { CorsModel } from '../../template/http-api/http-api-model.ts';

const PREFIX = 'access-control-';

/**
 * Whether a browser asks before it sends; AWS documents both headers as needed. The gateway answers it alone, no
 * function is called, also where a route of that path takes `OPTIONS` (unverified).
 */
export function isPreflight(request: IncomingMessage): boolean {
  const { headers } = request;
  return (
    request.method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** Headers of the answer to a preflight request, name, value, name, value; none for a foreign origin (unverified). */
export function preflightHeaders(cors: CorsModel, origin: string | undefined): readonly string[] {
  const allowed = originHeaders(cors, origin);
  if (allowed.length === 0) return [];
  return [
    ...allowed,
    ...list('allow-methods', cors.allowMethods),
    ...list('allow-headers', cors.allowHeaders),
    ...(cors.maxAgeSeconds === null ? [] : [`${PREFIX}max-age`, String(cors.maxAgeSeconds)]),
  ];
}

/**
 * The function's headers with the API's own of CORS in the place of the function's: AWS ignores those, whether the
 * request comes from another origin or not (the latter unverified).
 */
export function replaceCorsHeaders(
  headers: readonly string[],
  cors: CorsModel,
  origin: string | undefined,
): readonly string[] {
  const kept = headers.filter((_, index) => !headers[index - (index % 2)]?.toLowerCase().startsWith(PREFIX));
  const allowed = originHeaders(cors, origin);
  if (allowed.length === 0) return kept;
  return [...kept, ...allowed, ...list('expose-headers', cors.exposeHeaders)];
}

function originHeaders(cors: CorsModel, origin: string | undefined): readonly string[] {
  const allowed = allowedOrigin(cors.allowOrigins, origin);
  if (allowed === null) return [];
  const credentials = cors.allowCredentials ? [`${PREFIX}allow-credentials`, 'true'] : [];
  return [`${PREFIX}allow-origin`, allowed, ...credentials];
}

/** `*` where everybody may, otherwise the asking origin itself, as the one value that a browser accepts. */
function allowedOrigin(allowOrigins: readonly string[], origin: string | undefined): string | null {
  if (origin === undefined) return null;
  if (allowOrigins.includes('*')) return '*';
  const isAllowed = allowOrigins.some((allowed) =>
    allowed.endsWith('://*') ? origin.startsWith(allowed.slice(0, -1)) : allowed === origin,
  );
  return isAllowed ? origin : null;
}

function list(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`${PREFIX}${name}`, values.join(',')];
}
