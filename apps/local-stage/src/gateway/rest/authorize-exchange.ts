import type { IncomingMessage } from 'node:http';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { ResourcePolicy } from '../../template/resource-policy-model.ts';
import { AUTHORIZATION_ERRORS, authorizationErrorBody } from '../authorize/authorization-error.ts';
import type { AuthorizationOutcome, RequestAuthorizer } from '../authorize/authorize-request.ts';
import { readPresentedSignature } from '../authorize/presented-signature.ts';
import type { Exchange } from './exchange.ts';
import { compact, GATEWAY_FAILURES, type GatewayFailure } from './gateway-response.ts';
import { readBody } from '../front/read-body.ts';
import { methodArn, type ApiPlace } from '../method-arn.ts';

/** What came of asking whether a request may go on. */
export type ExchangeAuthorization =
  /** The body is undefined where nobody had to read it yet. */
  | { readonly kind: 'allowed'; readonly body: Buffer | null | undefined }
  | { readonly kind: 'refused'; readonly failure: GatewayFailure }
  /** The client left before its body was there. */
  | { readonly kind: 'broken' };

const OPEN: ExchangeAuthorization = { kind: 'allowed', body: undefined };
const NOT_PLAYED: ExchangeAuthorization = {
  kind: 'refused',
  failure: GATEWAY_FAILURES['authorizer-not-played'],
};

/**
 * Asks the resource policy and verifies the signature, where there are such; the caller is kept in the exchange.
 * A body is read first only where a signature speaks of it.
 */
export function authorizeExchange(
  exchange: Exchange,
  method: RestMethodModel,
  policy: ResourcePolicy | null,
  authorizer: RequestAuthorizer,
  place: ApiPlace,
): ExchangeAuthorization | Promise<ExchangeAuthorization> {
  if (method.authorization === 'NOT_PLAYED') return NOT_PLAYED;
  if (method.authorization === 'NONE' && policy === null) return OPEN;
  return ask(exchange, method.authorization, policy, authorizer, place);
}

async function ask(
  exchange: Exchange,
  authorizationType: 'NONE' | 'AWS_IAM',
  resourcePolicy: ResourcePolicy | null,
  authorizer: RequestAuthorizer,
  place: ApiPlace,
): Promise<ExchangeAuthorization> {
  const { request, receivedAtMs, stageName, path } = exchange;
  const body = authorizationType === 'NONE' ? undefined : await readBody(request);
  if (body === 'broken') return { kind: 'broken' };
  if (body === 'too-large') return { kind: 'refused', failure: GATEWAY_FAILURES['body-too-large'] };
  const apiId = exchange.stage?.model.apiId ?? '';
  const outcome = await authorizer.authorize({
    request,
    body: body ?? null,
    receivedAtMs,
    authorizationType,
    resourcePolicy,
    methodArn: methodArn(place, { apiId, stageName, httpMethod: request.method ?? 'GET', path }),
  });
  if (outcome.kind === 'refused') return { kind: 'refused', failure: failureOf(outcome) };
  exchange.caller = outcome.caller;
  return { kind: 'allowed', body };
}

/**
 * What a path or method that no route has is answered: F13, and where the client sent an `Authorization` that is no
 * signature, what is wrong with it as one. Clients with tokens of other kinds report that from AWS.
 */
export function failureOfUnknownRoute(request: IncomingMessage): GatewayFailure {
  if (request.headers.authorization === undefined) return GATEWAY_FAILURES['missing-authentication-token'];
  const presented = readPresentedSignature(request);
  return 'kind' in presented ? failureOf(presented) : GATEWAY_FAILURES['missing-authentication-token'];
}

function failureOf({ reason, message }: Extract<AuthorizationOutcome, { kind: 'refused' }>): GatewayFailure {
  const { statusCode, errorType, responseType } = AUTHORIZATION_ERRORS[reason];
  return compact(statusCode, errorType, responseType, message, authorizationErrorBody(reason, message));
}
