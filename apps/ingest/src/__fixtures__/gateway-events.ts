/** Proxy event of a REST API (format 1.0), cut to what AWS documents as always present. */
export function restEvent(body: string | null, isBase64Encoded = false) {
  return {
    resource: '/',
    path: '/',
    httpMethod: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    multiValueHeaders: { 'content-type': ['application/x-www-form-urlencoded'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { requestId: 'gateway-1', stage: 'prod', httpMethod: 'POST', path: '/prod' },
    body,
    isBase64Encoded,
  };
}

/** Proxy event of an HTTP API (format 2.0): without a body the field is absent. */
export function httpEvent(body?: string, isBase64Encoded = false) {
  return {
    version: '2.0',
    routeKey: 'POST /',
    rawPath: '/',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'gateway-2', stage: '$default', http: { method: 'POST', path: '/' } },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  };
}

/** The same of `POST /batch`: a REST API has the path without its stage, an HTTP API of a named stage with it. */
export function restBatchEvent(body: string | null, isBase64Encoded = false) {
  return { ...restEvent(body, isBase64Encoded), resource: '/batch', path: '/batch' };
}
export function httpBatchEvent(body?: string, isBase64Encoded = false) {
  return { ...httpEvent(body, isBase64Encoded), routeKey: 'POST /batch', rawPath: '/prod/batch' };
}

export const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
