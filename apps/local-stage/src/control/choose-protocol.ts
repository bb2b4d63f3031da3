import type { IncomingMessage } from 'node:http';
import { queryProtocol } from './query-protocol.ts';
import { restJsonProtocol } from './rest-json-protocol.ts';
import type { AwsError } from './aws-error.ts';
import type { StageControls } from './stage-controls.ts';
import { targetJsonProtocol } from './target-json-protocol.ts';

/** What goes back over the wire. */
export interface ControlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request in the words of the protocol it came in. */
export interface ControlProtocol {
  /** Carries the operation out. @throws AwsError */
  call(controls: StageControls): unknown;
  succeed(result: unknown, requestId: string): ControlAnswer;
  fail(error: AwsError, requestId: string): ControlAnswer;
}

/**
 * Which of AWS's protocols a request speaks: JSON with a target header (CloudWatch, Service Quotas), Query
 * with an XML answer (CloudFormation, STS), which is always posted to the root, or REST with JSON (API Gateway,
 * Lambda, and whatever is unknown), whatever a client says its content is.
 */
export function chooseProtocol(request: IncomingMessage, body: Buffer | null): ControlProtocol {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return targetJsonProtocol(String(target), body);
  if (request.method === 'POST' && request.url === '/') {
    return queryProtocol(new URLSearchParams(body?.toString('utf8') ?? ''));
  }
  return restJsonProtocol(request.method ?? 'GET', request.url ?? '/', body);
}
