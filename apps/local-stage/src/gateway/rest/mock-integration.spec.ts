import type { MockIntegrationModel, MockResponseModel } from '../../template/rest/rest-integration-model.ts';
import { restExchange, restRequest } from '../__fixtures__/rest-models.ts';
import { prepareMock } from './mock-integration.ts';
import { valuesOf } from './request-values.ts';

const response = (own: Partial<MockResponseModel> = {}): MockResponseModel => ({
  statusCode: 200,
  selectionPattern: null,
  headers: {},
  templates: {},
  ...own,
});

const mock = (own: Partial<MockIntegrationModel> = {}): MockIntegrationModel => ({
  requestTemplates: { 'application/json': '{ statusCode: 200 }' },
  passthrough: 'WHEN_NO_MATCH',
  responses: [response()],
  ...own,
});

function ask(model: MockIntegrationModel, rawHeaders: readonly string[] = [], body: string | null = null) {
  const exchange = restExchange({ request: restRequest({ rawHeaders }) });
  const answer = prepareMock(model)(
    exchange,
    body === null ? null : Buffer.from(body),
    valuesOf(exchange, '000000000000'),
  );
  return typeof answer === 'string' ? answer : { ...answer, body: answer.body.toString() };
}

/** As the CDK writes it for several origins. */
const ORIGINS = [
  '#set($origin = $input.params().header.get("Origin"))',
  '#if($origin == "") #set($origin = $input.params().header.get("origin")) #end',
  '#if($origin == "https://b" || $origin == "https://c")',
  '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
].join('\n');

describe('prepareMock', () => {
  it.each([
    ['without quotes, as the CDK writes it', '{ statusCode: 200 }'],
    ['as JSON', '{"statusCode": 200}'],
    ['as text', '{"statusCode":"200"}'],
    ['worked out', '#if($input.params("page") == "2"){"statusCode": 200}#end'],
  ])('takes its status code from the request template, %s', (_case, template) => {
    expect(ask(mock({ requestTemplates: { 'application/json': template } }))).toMatchObject({
      statusCode: 200,
    });
  });

  it('answers by the response whose pattern is the whole status code, or by the one without', () => {
    const responses = [response(), response({ statusCode: 404, selectionPattern: '40\\d' })];
    const of = (status: number) =>
      ask(mock({ responses, requestTemplates: { 'application/json': `{"statusCode":${status}}` } }));
    expect([of(404), of(405), of(204)]).toMatchObject([
      { statusCode: 404 },
      { statusCode: 404 },
      { statusCode: 200 },
    ]);
  });

  it.each([
    ['no status code', mock({ requestTemplates: { 'application/json': '{}' } })],
    ['no response for it', mock({ responses: [response({ selectionPattern: '500' })] })],
    ['a status that does not end the request', mock({ responses: [response({ statusCode: 101 })] })],
    ['a header that can not be written', mock({ responses: [response({ headers: { 'a b': "'x'" } })] })],
  ])('fails where there is %s', (_case, model) => expect(ask(model)).toBe('mock-failed'));

  it.each([
    ['WHEN_NO_MATCH', { 'application/json': '{}' }, { statusCode: 200 }],
    ['WHEN_NO_TEMPLATES', { 'application/json': '{}' }, 'unsupported-media-type'],
    ['WHEN_NO_TEMPLATES', {}, { statusCode: 200 }],
    ['NEVER', {}, 'unsupported-media-type'],
  ] as const)(
    'with %s and templates %j answers a body of another type by %p',
    (passthrough, requestTemplates, wanted) => {
      const answer = ask(
        mock({ passthrough, requestTemplates }),
        ['Content-Type', 'text/csv'],
        'statusCode:200',
      );
      if (typeof wanted === 'string') expect(answer).toBe(wanted);
      else expect(answer).toMatchObject(wanted);
    },
  );

  it('maps headers, literal and from the request', () => {
    const headers = {
      'Access-Control-Allow-Origin': "'*'",
      'X-Id': 'context.requestId',
      'X-None': 'context.none',
    };
    expect(ask(mock({ responses: [response({ statusCode: 204, headers })] }))).toEqual({
      statusCode: 204,
      headers: [
        'Access-Control-Allow-Origin',
        '*',
        'X-Id',
        'req-1',
        'X-None',
        '',
        'Content-Type',
        'application/json',
      ],
      body: '',
    });
  });

  it.each([
    ['Origin', 'https://c', 'https://c'],
    ['origin', 'https://b', 'https://b'],
    ['Origin', 'https://x', 'https://a'],
    ['X', 'y', 'https://a'],
  ])("plays the CDK's template for several origins: %s %s gets %s", (name, origin, allowed) => {
    const headers = { 'access-control-allow-origin': "'https://a'" };
    const answer = ask(
      mock({ responses: [response({ headers, templates: { 'application/json': ORIGINS } })] }),
      [name, origin],
    ) as { readonly headers: readonly string[] };
    const origins = answer.headers.filter(
      (_, i) => answer.headers[i - 1]?.toLowerCase() === 'access-control-allow-origin',
    );
    expect(origins).toEqual([allowed]);
  });

  it.each([
    ['$context.identity.sourceIp $context.stage', '127.0.0.1 prod'],
    ['$stageVariables.colour', 'blue'],
    ["$input.json('$.a.b')", '[1,2]'],
    ["$input.path('$.a.b[1]')", '2'],
    ["$input.params('id') $input.params('page')", '7 2'],
    ['$input.params().querystring.tag', 'b'],
    ["$util.base64Encode('hi') $util.urlEncode('a b')", 'aGk= a%20b'],
    ["#set($root = $input.path('$.a'))#foreach($n in $root.b)<$n>#end", '<1><2>'],
    ['#set($context.responseOverride.status = 201)made', 'made'],
  ])('runs the response template %s', (template, body) => {
    const model = mock({ responses: [response({ templates: { 'application/json': template } })] });
    expect(ask(model, [], '{"a":{"b":[1,2]}}')).toMatchObject({ body });
  });

  it('takes the status and the content type that a template asks for', () => {
    const templates = {
      'application/json': '{}',
      'text/plain': '#set($context.responseOverride.status = 418)teapot',
    };
    expect(ask(mock({ responses: [response({ templates })] }), ['Accept', 'text/plain'])).toEqual({
      statusCode: 418,
      headers: ['Content-Type', 'text/plain'],
      body: 'teapot',
    });
  });

  it('refuses a template that is none when it is made', () => {
    expect(() => prepareMock(mock({ requestTemplates: { 'application/json': '#if(' } }))).toThrow();
  });
});
