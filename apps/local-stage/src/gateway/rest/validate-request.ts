import { compileBodySchema, type CheckBody } from '../../template/rest/body-schema.ts';
import type { RequestValidationModel } from '../../template/rest/rest-validation-model.ts';
import { describeBodyErrors } from './describe-body-errors.ts';
import type { Exchange } from './exchange.ts';
import { failure, type GatewayFailure } from './gateway-response.ts';
import { mediaTypeOf } from '../media-type.ts';
import { requestParameter } from './request-values.ts';

/** What is wrong with a request; null when it may be passed on. */
export type ValidateRequest = (exchange: Exchange, body: Buffer | null) => GatewayFailure | null;

/** Makes a method's validator: parameters first, then the body (in which order AWS asks is unverified). */
export function prepareValidation({ requiredParameters, body }: RequestValidationModel): ValidateRequest {
  const checks = new Map<string, CheckBody>();
  for (const [contentType, url] of Object.entries(body?.schemaUrls ?? {})) {
    const compiled = compileBodySchema(body?.schemas ?? new Map(), url);
    if (compiled.ok) checks.set(contentType, compiled.check);
  }
  return (exchange, content) => {
    const missing = requiredParameters.filter(({ source, name }) => isBlank(exchange, source, name));
    if (missing.length > 0) return missingParameters(missing.map(({ name }) => name));
    // A content type without a model passes as it is, unless one stands for all others.
    const check = checks.get(mediaTypeOf(exchange.request.headers)) ?? checks.get('$default');
    return check ? checkBody(check, content) : null;
  };
}

function isBlank(
  exchange: Exchange,
  ...parameter: [source: 'header' | 'querystring' | 'path', name: string]
) {
  const value = requestParameter(exchange, ...parameter);
  return value === null || value.trim() === '';
}

function missingParameters(names: readonly string[]): GatewayFailure {
  const message = `Missing required request parameters: [${names.join(', ')}]`;
  return failure(400, 'BadRequestException', 'BAD_REQUEST_PARAMETERS', message);
}

function checkBody(check: CheckBody, content: Buffer | null): GatewayFailure | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content?.toString('utf8') ?? '');
  } catch {
    return invalidBody('[Unknown error parsing request body]');
  }
  const errors = check(parsed);
  return errors.length === 0 ? null : invalidBody(describeBodyErrors(errors));
}

function invalidBody(validationErrors: string): GatewayFailure {
  return failure(400, 'BadRequestException', 'BAD_REQUEST_BODY', 'Invalid request body', validationErrors);
}
