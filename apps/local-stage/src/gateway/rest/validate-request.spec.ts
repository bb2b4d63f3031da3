import type { RequestValidationModel } from '../../template/rest/rest-validation-model.ts';
import { restExchange, restRequest } from '../__fixtures__/rest-models.ts';
import { prepareValidation } from './validate-request.ts';

const URL_OF_ITEM = 'https://apigateway.amazonaws.com/restapis/a/models/Item';
const URL_OF_PRICE = 'https://apigateway.amazonaws.com/restapis/a/models/Price';

const schemas = new Map<string, object>([
  [
    URL_OF_ITEM,
    {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['id', 'price'],
      properties: {
        id: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
        price: { $ref: URL_OF_PRICE },
        kind: { enum: ['new', 'old'] },
      },
      additionalProperties: false,
    },
  ],
  // Draft 4: a boolean beside the bound, not a bound of its own.
  [URL_OF_PRICE, { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9 }],
]);

const bodyModel = (schemaUrls: Record<string, string>): RequestValidationModel => ({
  requiredParameters: [],
  body: { schemaUrls, schemas },
});

const ask = (model: RequestValidationModel, body: string | null, contentType?: string) => {
  const rawHeaders = contentType === undefined ? [] : ['Content-Type', contentType];
  const exchange = restExchange({ request: restRequest({ rawHeaders }) });
  return prepareValidation(model)(exchange, body === null ? null : Buffer.from(body));
};

describe('prepareValidation', () => {
  const item = bodyModel({ 'application/json': URL_OF_ITEM });

  it.each([
    ['a valid body', '{"id":"ab","price":1}', 'application/json'],
    ['one with a charset', '{"id":"ab","price":1}', 'Application/JSON; charset=utf-8'],
    ['one without a content type', '{"id":"ab","price":1}', undefined],
    ['a content type without a model', 'anything', 'text/plain'],
  ])('passes %s', (_case, body, type) => expect(ask(item, body, type)).toBeNull());

  it.each([
    ['a missing property', '{"price":1}', 'object has missing required properties (["id"])'],
    ['several, in one sentence', '{}', 'object has missing required properties (["id","price"])'],
    [
      'another type',
      '{"id":7,"price":1}',
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    ],
    [
      'a property too many',
      '{"id":"ab","price":1,"z":1}',
      'object instance has properties which are not allowed by the schema: ["z"]',
    ],
    ['a short text', '{"id":"a","price":1}', 'string "a" is too short (length: 1, required minimum: 2)'],
    ['a long text', '{"id":"abcde","price":1}', 'string "abcde" is too long (length: 5, maximum allowed: 4)'],
    [
      'a text of another form',
      '{"id":"AB","price":1}',
      'ECMA 262 regex "^[a-z]+$" does not match input string "AB"',
    ],
    [
      "the bound itself of draft 4's exclusive minimum, in another model",
      '{"id":"ab","price":0}',
      'numeric instance is lower than the required minimum (minimum: 0, found: 0)',
    ],
    [
      'a number too large',
      '{"id":"ab","price":10}',
      'numeric instance is greater than the required maximum (maximum: 9, found: 10)',
    ],
    [
      'a value that is none of the listed',
      '{"id":"ab","price":1,"kind":"used"}',
      'instance value ("used") not found in enum (possible values: ["new","old"])',
    ],
    ['a body that is no JSON', '{', 'Unknown error parsing request body'],
    ['no body', null, 'Unknown error parsing request body'],
  ])('refuses %s', (_case, body, found) => {
    expect(ask(item, body)).toMatchObject({
      responseType: 'BAD_REQUEST_BODY',
      errorType: 'BadRequestException',
      message: 'Invalid request body',
      validationErrors: `[${found}]`,
    });
    expect(ask(item, body)?.response.body.toString()).toBe('{"message": "Invalid request body"}');
  });

  it('asks $default of every content type that has no model of its own', () => {
    expect(ask(bodyModel({ $default: URL_OF_ITEM }), 'x', 'text/plain')).not.toBeNull();
  });

  const parameters: RequestValidationModel = {
    requiredParameters: [
      { source: 'querystring', name: 'page' },
      { source: 'querystring', name: 'constructor' },
      { source: 'header', name: 'X-Tenant' },
      { source: 'path', name: 'id' },
    ],
    body: null,
  };

  it.each([
    ['none', 'x=1', [], 'page, constructor, X-Tenant'],
    ['a blank one', 'page=%20&constructor=1', ['x-tenant', 't'], 'page'],
    ['an empty header', 'page=1&constructor=1', ['X-Tenant', ''], 'X-Tenant'],
  ])('refuses %s of the required parameters, and names those', (_case, query, rawHeaders, names) => {
    const refused = prepareValidation(parameters)(
      restExchange({ query, request: restRequest({ rawHeaders }) }),
      null,
    );
    expect(refused).toMatchObject({
      responseType: 'BAD_REQUEST_PARAMETERS',
      errorType: 'BadRequestException',
    });
    expect(refused?.response.body.toString()).toBe(
      `{"message": "Missing required request parameters: [${names}]"}`,
    );
  });

  it('passes what has all of them', () => {
    const request = restRequest({ rawHeaders: ['x-TENANT', 't'] });
    expect(
      prepareValidation(parameters)(restExchange({ query: 'page=1&constructor=2', request }), null),
    ).toBeNull();
  });
});
