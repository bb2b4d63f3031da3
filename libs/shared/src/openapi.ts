import { MAX_BATCH_ENTRIES } from './batch.ts';
import type { JsonSchema } from './json-schema.ts';
import { batchResponses, entryResponses, gatewayResponses } from './openapi-responses.ts';
import { describeBodies } from './openapi-schemas.ts';

/**
 * Version of the described contract, a number of its own: it rises with the document alone, by the README's rules, while
 * that of the packages also rises with their code.
 */
const CONTRACT_VERSION = '1.0.0';

const OVERVIEW = `Stores entries, one by one or up to ${MAX_BATCH_ENTRIES} at a time.

**Everything is safe to repeat.** The same id with the same content is stored once and accepted every time; the same id with other content is refused and changes nothing. After 429, 500, 502, 503, 504 or a broken connection, send the same request again: after \`Retry-After\` seconds where the answer says so, else with growing, random pauses.

**Who answers.** The service itself, or the gateway in front of it, which comes as a REST API or as an HTTP API. The gateway's bodies hold \`message\` alone; a REST API adds \`x-amzn-ErrorType\`, and \`Retry-After\` where it makes sense. An HTTP API answers neither 502 nor 504, but 500 and 503. Both name the request, in \`x-amzn-RequestId\` or \`Apigw-Requestid\`: quote it when you ask for help.`;

const entryExample = { id: '12', title: 'kkkg', year: 2023, attributes: { tags: ['a', 'b'] } };

/** The API as an OpenAPI 3.1 document: both operations, with every answer of the service and of its gateway. */
export function openApiDocument(): JsonSchema {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Spillway ingest API',
      version: CONTRACT_VERSION,
      description: OVERVIEW,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: 'https://{apiId}.execute-api.{region}.amazonaws.com{basePath}',
        description: 'A deployed stage; ApiUrl among the outputs of its stack is the address.',
        variables: {
          apiId: { default: 'a1b2c3d4e5' },
          region: { default: 'us-east-1' },
          basePath: { default: '/prod', description: 'Empty where the stage is an HTTP API.' },
        },
      },
    ],
    tags: [{ name: 'Entries', description: 'What clients store.' }],
    security: [{ sigv4: [] }, { sigv4: [], apiKey: [] }, { apiKey: [] }, {}],
    paths: {
      '/': {
        post: {
          tags: ['Entries'],
          operationId: 'ingestEntry',
          summary: 'Store one entry',
          description: 'Stores an entry, unless another has its id.',
          requestBody: requestBody('Entry', entryExample),
          responses: entryResponses,
        },
      },
      '/batch': {
        post: {
          tags: ['Entries'],
          operationId: 'ingestBatch',
          summary: `Store up to ${MAX_BATCH_ENTRIES} entries`,
          description:
            'Stores each entry by itself: some may be stored while others are not, and the answer says of each what became of it. An entry that breaks a rule does not hold up the others. Where two entries have the same id, the first is stored, and the second is accepted if it says the same, else a conflict.',
          requestBody: requestBody('Batch', {
            entries: [entryExample, { id: '13', title: '', year: '1999' }],
          }),
          responses: batchResponses,
        },
      },
    },
    components: {
      schemas: { ...describeBodies(), Denial: denial },
      responses: gatewayResponses,
      headers,
      securitySchemes,
    },
  };
}

/** How AWS puts a signature that is right but not enough. */
const denial: JsonSchema = {
  description: 'Why a key may not do this.',
  type: 'object',
  properties: { Message: { type: 'string', description: 'For a human; may change.' } },
  required: ['Message'],
};

const headers: Record<string, JsonSchema> = {
  'Retry-After': {
    description: 'Seconds after which to come back.',
    schema: { type: 'integer', minimum: 1 },
    example: 1,
  },
  'x-amzn-ErrorType': {
    description: 'What the gateway of a REST API calls the error, where it is the one that answers.',
    schema: { type: 'string' },
    example: 'TooManyRequestsException',
  },
};

/** A stage asks for a signature, a key, both or neither: its owner says which. */
const securitySchemes: Record<string, JsonSchema> = {
  // What API Gateway itself exports for a method with AWS_IAM.
  sigv4: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'awsSigv4',
    description:
      'AWS Signature Version 4 of the request, service `execute-api`, by a role that may invoke the API.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description:
      "The key of a client plan, which says how much the client may send. It proves nobody's identity.",
  },
};

function requestBody(name: 'Entry' | 'Batch', value: unknown): JsonSchema {
  return {
    required: true,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${name}` },
        examples: { usual: { value } },
      },
    },
  };
}
