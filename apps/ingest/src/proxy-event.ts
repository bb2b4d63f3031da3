/** What proxy events of format 1.0 (REST API) and 2.0 (HTTP API) have in common, as far as it matters here. */
export interface ProxyEvent {
  /** Empty where the client sent none. */
  readonly body: string;
  readonly isBase64Encoded: boolean;
  readonly requestId: string | undefined;
  /** Format 1.0. */
  readonly resource: string | undefined;
  readonly path: string | undefined;
  /** Format 2.0. */
  readonly routeKey: string | undefined;
  readonly rawPath: string | undefined;
}

/** The function was invoked with something that no API Gateway sends. */
export class ProxyEventError extends Error {
  readonly code = 'PROXY_EVENT_INVALID';
  /** What is not as it should be; its value may be a client's, and stays out of the log. */
  readonly field: string;

  constructor(field: string) {
    super(
      `event is not a proxy event of format 1.0 or 2.0: ${field} is missing or of another type; invoke the function through its gateway`,
    );
    this.name = 'ProxyEventError';
    this.field = field;
  }
}

/**
 * Checked field by field: the schema that says the same is a fiftieth of the time the function takes to start.
 * @throws ProxyEventError for anything but a proxy event
 */
export function readProxyEvent(event: unknown): ProxyEvent {
  if (!isRecord(event)) throw new ProxyEventError('event');
  const { body, isBase64Encoded, requestContext } = event;
  if (!isRecord(requestContext)) throw new ProxyEventError('requestContext');
  if (isBase64Encoded != null && typeof isBase64Encoded !== 'boolean')
    throw new ProxyEventError('isBase64Encoded');
  return {
    body: body === null ? '' : (readText(event, 'body') ?? ''),
    isBase64Encoded: isBase64Encoded ?? false,
    requestId: readText(requestContext, 'requestId'),
    resource: readText(event, 'resource'),
    path: readText(event, 'path'),
    routeKey: readText(event, 'routeKey'),
    rawPath: readText(event, 'rawPath'),
  };
}

function readText(holder: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = holder[field];
  if (value === undefined || typeof value === 'string') return value;
  throw new ProxyEventError(field);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
