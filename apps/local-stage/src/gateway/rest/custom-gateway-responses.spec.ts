import type { GatewayResponseModel } from '../../template/rest/rest-gateway-response-model.ts';
import { CustomGatewayResponses } from './custom-gateway-responses.ts';
import { GATEWAY_FAILURES, type GatewayErrorKind } from './gateway-response.ts';
import { valuesOf } from './request-values.ts';
import type { Answer } from '../write-response.ts';
import { restExchange, restRequest } from '../__fixtures__/rest-models.ts';

const model = (own: Partial<GatewayResponseModel>): GatewayResponseModel => ({
  responseType: 'THROTTLED',
  statusCode: null,
  headers: {},
  templates: {},
  ...own,
});

function answerTo(
  kind: GatewayErrorKind,
  models: readonly Partial<GatewayResponseModel>[],
  rawHeaders: readonly string[] = [],
): Answer & { readonly text: string; readonly named: Record<string, string> } {
  const failure = GATEWAY_FAILURES[kind];
  const exchange = restExchange({ request: restRequest({ rawHeaders }), failure });
  const responses = new CustomGatewayResponses(models.map(model));
  const { accept } = exchange.request.headers;
  const answer = responses.answerTo(failure, () => valuesOf(exchange, '000000000000'), accept);
  const named = Object.fromEntries(
    answer.headers.flatMap((name, i) => (i % 2 === 0 ? [[name, answer.headers[i + 1]]] : [])),
  ) as Record<string, string>;
  return { ...answer, text: answer.body.toString(), named };
}

describe('CustomGatewayResponses', () => {
  it('leaves a type that the template does not change at its usual answer', () => {
    expect(answerTo('throttled', [{ responseType: 'QUOTA_EXCEEDED', statusCode: 400 }])).toMatchObject(
      GATEWAY_FAILURES.throttled.response,
    );
  });

  it('adds headers to the usual body and keeps status and error type', () => {
    const { statusCode, text, named } = answerTo('throttled', [{ headers: { 'Retry-After': "'7'" } }]);
    expect([statusCode, text]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect(named).toEqual({
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': 'TooManyRequestsException',
      'Retry-After': '7',
    });
  });

  it.each<[GatewayErrorKind, GatewayResponseModel['responseType'], number]>([
    ['function-throttled', 'INTEGRATION_FAILURE', 504],
    ['integration-timeout', 'INTEGRATION_TIMEOUT', 504],
    ['throttled', 'DEFAULT_4XX', 429],
    ['function-failed', 'DEFAULT_5XX', 502],
    ['function-throttled', 'DEFAULT_5XX', 500],
  ])('answers %s with %s customised without a status by %i (F16, F21)', (kind, responseType, statusCode) => {
    expect(answerTo(kind, [{ responseType }]).statusCode).toBe(statusCode);
  });

  it('prefers the type to the default of its class, and its status to the usual', () => {
    const models = [
      { responseType: 'DEFAULT_4XX' as const, statusCode: 418 },
      { responseType: 'INVALID_API_KEY' as const, statusCode: 401 },
    ];
    expect(answerTo('invalid-api-key', models).statusCode).toBe(401);
    expect(answerTo('throttled', models).statusCode).toBe(418);
    expect(answerTo('function-failed', models).statusCode).toBe(502);
  });

  it.each<GatewayErrorKind>(['host-full', 'not-played', 'authorizer-not-played', 'body-too-large'])(
    'leaves %s as it is, since it is not the API that answers',
    (kind) => {
      const models = [
        { responseType: 'DEFAULT_4XX' as const, statusCode: 418 },
        { responseType: 'DEFAULT_5XX' as const, statusCode: 599 },
      ];
      expect(answerTo(kind, models)).toMatchObject(GATEWAY_FAILURES[kind].response);
    },
  );

  it('fills templates and headers from the request', () => {
    const { text, named } = answerTo(
      'throttled',
      [
        {
          headers: {
            'X-Who': 'method.request.header.Origin',
            'X-Id': 'method.request.path.id',
            'X-None': 'context.none',
          },
          templates: {
            'application/json':
              '{"message":$context.error.messageString,"type":"$context.error.responseType"}',
            'text/plain': '$context.requestId $stageVariables.colour $method.request.querystring.tag',
          },
        },
      ],
      ['Origin', 'https://o', 'Accept', 'text/plain'],
    );
    expect(text).toBe('req-1 blue a,b');
    expect(named).toMatchObject({ 'Content-Type': 'text/plain', 'X-Who': 'https://o', 'X-Id': '7' });
    expect(named).not.toHaveProperty('X-None');
  });

  it('writes one content type where a header names another than the template', () => {
    const { headers, named } = answerTo('throttled', [{ headers: { 'content-type': "'a/b'" } }]);
    expect(named['Content-Type']).toBe('a/b');
    expect(headers.filter((text) => text.toLowerCase() === 'content-type')).toHaveLength(1);
  });

  it('keeps the usual status in the place of one that does not end the request', () => {
    expect(answerTo('throttled', [{ statusCode: 101 }]).statusCode).toBe(429);
  });

  it("renames what the gateway writes itself, and puts a header's error type in the place of the usual", () => {
    const headers = { 'x-amzn-requestid': "'mine'", 'Content-Length': "'1'", 'X-Amzn-ErrorType': "'Own'" };
    expect(answerTo('throttled', [{ headers }]).headers).toEqual([
      ...['Content-Type', 'application/json'],
      ...['x-amzn-ErrorType', 'Own'],
      ...['x-amzn-Remapped-x-amzn-requestid', 'mine'],
      ...['x-amzn-Remapped-Content-Length', '1'],
    ]);
  });

  it('leaves out a header that a client could break the answer with', () => {
    const { named } = answerTo(
      'throttled',
      [{ headers: { 'X-Echo': 'method.request.header.x' } }],
      ['X', 'a\r\nb'],
    );
    expect(named).not.toHaveProperty('X-Echo');
  });

  it('makes an answer that depends on the failure alone once', () => {
    const responses = new CustomGatewayResponses([model({ headers: { 'Retry-After': "'7'" } })]);
    const values = valuesOf(restExchange(), '000000000000');
    const [first, second] = [1, 2].map(() =>
      responses.answerTo(GATEWAY_FAILURES.throttled, () => values, '*/*'),
    );
    expect(first).toBe(second);
  });
});
