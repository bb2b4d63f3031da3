import type { AuthorizationInput, Caller, RequestAuthorizer } from '../authorize/authorize-request.ts';
import type { HttpApiExchange } from './http-api-exchange.ts';
import type { HttpApiRefusal } from './http-api-refusal.ts';
import { readBody } from '../front/read-body.ts';

/** What a signed route makes of a request. */
export type GuardOutcome =
  | { readonly kind: 'allowed'; readonly caller: Caller | null; readonly body: Buffer | null }
  | { readonly kind: 'refused'; readonly refusal: HttpApiRefusal }
  /** The client left before its body was complete. */
  | { readonly kind: 'broken' };

/**
 * Reads the body, which is signed too, and asks whether the signature holds. An HTTP API has no resource policy,
 * and tells the client nothing but that it may not.
 * @param methodArn `arn:aws:execute-api:<region>:<account>:<apiId>/<stage>/<METHOD>/<path>`
 */
export async function authorizeHttpApi(
  { request, receivedAtMs }: HttpApiExchange,
  authorizer: RequestAuthorizer,
  methodArn: string,
): Promise<GuardOutcome> {
  const body = await readBody(request);
  if (body === 'broken') return { kind: 'broken' };
  if (body === 'too-large') return { kind: 'refused', refusal: 'body-too-large' };
  const input: AuthorizationInput = {
    request,
    body,
    receivedAtMs,
    authorizationType: 'AWS_IAM',
    resourcePolicy: null,
    methodArn,
  };
  const outcome = await authorizer.authorize(input);
  return outcome.kind === 'allowed'
    ? { kind: 'allowed', caller: outcome.caller, body }
    : { kind: 'refused', refusal: 'forbidden' };
}
