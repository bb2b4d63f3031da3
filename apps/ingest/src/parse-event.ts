import { ProxyEventError, readProxyEvent, type ProxyEvent } from './proxy-event.ts';

/** A request as the gateway handed it over. */
export interface GatewayRequest {
  /** What the client reads in `x-amzn-RequestId`. */
  readonly gatewayRequestId: string | undefined;
  /** Such as `/batch`, without stage or base path. */
  readonly path: string;
  readonly body: GatewayBody;
}

export type GatewayBody =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * Event → request.
 * @throws ProxyEventError for anything but a proxy event
 */
export function parseEvent(event: unknown): GatewayRequest {
  const proxyEvent = readProxyEvent(event);
  const path = findPath(proxyEvent);
  if (path === undefined) throw new ProxyEventError('path');
  const { body, isBase64Encoded, requestId } = proxyEvent;
  return {
    gatewayRequestId: requestId,
    path,
    body: isBase64Encoded ? decodeBody(body) : { ok: true, text: body },
  };
}

/**
 * Path as the gateway's route spells it, since the client's has the stage in front of it (format 2.0, a named stage) or
 * the base path of a domain name. Only where the route takes any path, such as `/{proxy+}` or `$default`, is it the
 * client's.
 */
function findPath({ resource, path, routeKey, rawPath }: ProxyEvent): string | undefined {
  const route = resource ?? routeKey?.split(' ')[1];
  return route?.startsWith('/') && !route.includes('{') ? route : (path ?? rawPath);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeBody(base64: string): GatewayBody {
  const bytes = Buffer.from(base64, 'base64');
  // Node skips what is not base64; only a round trip shows it.
  if (bytes.toString('base64') !== base64) return { ok: false, message: 'is not base64' };
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    return { ok: false, message: 'is not UTF-8' };
  }
}
