import { randomUUID } from 'node:crypto';

/** The names one request goes by. */
export interface RequestIds {
  /** `x-amzn-RequestId`, and the invocation's `awsRequestId`. */
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
  /** `X-Amzn-Trace-Id` as the function sees it in its event. */
  readonly traceHeader: string;
  /** The same with parent and sampling decision, for `_X_AMZN_TRACE_ID` and the answer. */
  readonly traceId: string;
}

/**
 * Draws them.
 * @param clientTrace the client's own `X-Amzn-Trace-Id`, whose root is kept
 * @param wallClockMs goes into the trace's root, in seconds
 */
export function drawRequestIds(clientTrace: string | undefined, wallClockMs: number): RequestIds {
  const requestId = randomUUID();
  const random = randomUUID().replaceAll('-', '');
  const root =
    /Root=([\w-]+)/.exec(clientTrace ?? '')?.[1] ??
    `1-${Math.floor(wallClockMs / 1000).toString(16)}-${random.slice(0, 24)}`;
  return {
    requestId,
    extendedRequestId: `${random.slice(0, 15)}=`,
    traceHeader: `Root=${root}`,
    traceId: `Root=${root};Parent=${random.slice(16)};Sampled=0`,
  };
}
