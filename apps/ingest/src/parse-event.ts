import * as z from 'zod/mini';

/** What proxy events of format 1.0 (REST API) and 2.0 (HTTP API) have in common, as far as it matters here. */
const proxyEventSchema = z.object({
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
  requestContext: z.object({ requestId: z.optional(z.string()) }),
});

/** A request as the gateway handed it over. */
export interface GatewayRequest {
  /** What the client reads in `x-amzn-RequestId`. */
  readonly gatewayRequestId: string | undefined;
  readonly body: GatewayBody;
}

export type GatewayBody =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The function was invoked with something that no API Gateway sends. */
export class ProxyEventError extends Error {
  readonly code = 'PROXY_EVENT_INVALID';

  constructor(cause: unknown) {
    super('event is not a proxy event of format 1.0 or 2.0; invoke the function through its gateway', {
      cause,
    });
    this.name = 'ProxyEventError';
  }
}

/**
 * Event → request.
 * @throws ProxyEventError for anything but a proxy event
 */
export function parseEvent(event: unknown): GatewayRequest {
  const parsed = proxyEventSchema.safeParse(event);
  if (!parsed.success) throw new ProxyEventError(parsed.error);
  const { body, isBase64Encoded, requestContext } = parsed.data;
  return {
    gatewayRequestId: requestContext.requestId,
    body: isBase64Encoded ? decodeBody(body ?? '') : { ok: true, text: body ?? '' },
  };
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
