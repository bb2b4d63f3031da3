import { controls, HTTP_API, refusalOf, REST_API } from './__fixtures__/controls.ts';
import { restJsonProtocol } from './rest-json-protocol.ts';

const protocolOf = (method: string, url: string, body?: object | string) =>
  restJsonProtocol(
    method,
    url,
    body === undefined ? null : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  );

const FUNCTION = '/2015-03-31/functions/f/configuration';
const ARN =
  '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af/configuration';
const TO_LATEST = { FunctionVersion: '$LATEST' };
const RESERVED = { ReservedConcurrentExecutions: 4 };

describe('restJsonProtocol', () => {
  it.each<[method: string, url: string, body: object | undefined, answer: object | null]>([
    ['GET', `/restapis/${REST_API}/stages/prod`, undefined, { stageName: 'prod' }],
    ['PATCH', `/restapis/${REST_API}/stages/prod?x=1`, { patchOperations: [] }, { stageName: 'prod' }],
    ['GET', `/v2/apis/${HTTP_API}`, undefined, { apiId: HTTP_API }],
    ['GET', `/v2/apis/${HTTP_API}/stages/%24default`, undefined, { stageName: '$default' }],
    ['PATCH', `/v2/apis/${HTTP_API}/stages/$default`, {}, { stageName: '$default' }],
    ['GET', FUNCTION, undefined, { FunctionName: 'f' }],
    ['GET', ARN, undefined, { FunctionName: 'f' }],
    ['PUT', FUNCTION, { Timeout: 9 }, { Timeout: 9 }],
    ['GET', `${FUNCTION}?Qualifier=live`, undefined, { Version: '1' }],
    ['POST', '/2015-03-31/functions/f/versions', {}, { Version: '1' }],
    ['GET', '/2015-03-31/functions/f/aliases/live', undefined, { FunctionVersion: '1' }],
    ['PUT', '/2015-03-31/functions/f/aliases/live', TO_LATEST, TO_LATEST],
    ['GET', '/2019-09-30/functions/f/concurrency', undefined, {}],
    ['PUT', '/2017-10-31/functions/f/concurrency', RESERVED, RESERVED],
    ['DELETE', '/2017-10-31/functions/f/concurrency', undefined, null],
    ['GET', '/2016-08-19/account-settings/', undefined, { AccountUsage: { FunctionCount: 1 } }],
  ])('carries out %s %s', (method, url, body, answer) => {
    const result = protocolOf(method, url, body).call(controls());
    if (answer === null) expect(result).toBeNull();
    else expect(result).toMatchObject(answer);
  });

  it.each([
    [
      'a name that is no percent-encoding',
      'GET',
      '/2015-03-31/functions/%zz/configuration',
      undefined,
      400,
      'BadRequest',
    ],
    ['another method', 'POST', FUNCTION, {}, 404, 'UnknownOperation'],
    ['another path', 'GET', '/2015-03-31/functions', undefined, 404, 'UnknownOperation'],
    ['a body that is not JSON', 'PUT', FUNCTION, '{', 400, 'Serialization'],
  ])('refuses %s', (_case, method, url, body, statusCode, code) => {
    const refusal = refusalOf(() => protocolOf(method, url, body).call(controls()));
    expect(refusal).toMatchObject({ statusCode, code: `${code}Exception` });
  });

  it('answers 204 without a body, and an error with its name in the header', () => {
    const protocol = protocolOf('GET', '/');
    expect(protocol.succeed(null, 'id')).toEqual({ statusCode: 204, headers: {}, body: '' });
    const refusal = refusalOf(() => protocol.call(controls()));
    const { headers, body } = protocol.fail({ name: 'AwsError', ...refusal }, 'id');
    expect(headers).toMatchObject({ 'x-amzn-ErrorType': 'UnknownOperationException' });
    expect(JSON.parse(body)).toMatchObject({
      message: expect.stringMatching(/GET \/; its README lists/) as string,
    });
  });
});
