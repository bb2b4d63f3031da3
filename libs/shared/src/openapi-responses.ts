import type { JsonSchema } from './json-schema.ts';
import type { BodyName } from './openapi-schemas.ts';
import { ACCEPTED_MESSAGE } from './response.ts';

/** What an answer may hold, each example under the words that say when. */
type Examples = Readonly<Record<string, unknown>>;

const GATEWAY_TOO_LARGE = 'HTTP content length exceeded 10485760 bytes.';

/** Every answer to `POST /`, by status: the service's own and those that the gateway in front of it gives. */
export const entryResponses: Readonly<Record<string, JsonSchema>> = {
  200: answer('Stored, by this or an earlier request with the same content.', ['Accepted'], {
    stored: { message: ACCEPTED_MESSAGE },
  }),
  400: answer(
    'Not an entry; a repeat gets the same answer.',
    ['Problem'],
    {
      fromTheService: {
        message: 'Invalid entry',
        issues: [{ path: '$.title', message: 'is missing; want a string' }],
      },
      fromTheGateway: { message: 'Invalid request body' },
    },
    ['x-amzn-ErrorType'],
  ),
  403: ref('Forbidden'),
  409: answer('Another entry has this id; it was not changed.', ['Problem'], {
    conflict: { message: 'Another entry with this id exists; it was not changed' },
  }),
  413: tooLarge('More bytes than may be stored, or than the gateway takes.', {
    fromTheService: {
      message: 'Entry too large',
      issues: [{ path: '$', message: 'takes 409601 bytes when stored; at most 409600' }],
    },
    fromTheGateway: { message: 'Request Too Long' },
  }),
  429: ref('Throttled'),
  500: answer('A defect of the service; not known to be stored.', ['Problem'], {
    failed: { message: 'Internal server error' },
  }),
  502: ref('FunctionFailed'),
  503: unavailable(['Problem'], {
    fromTheService: { message: 'Temporarily unavailable; repeat the request after 1 s' },
    fromTheGateway: { message: 'Service Unavailable' },
  }),
  504: ref('TimedOut'),
};

/** Every answer to `POST /batch`, by status. */
export const batchResponses: Readonly<Record<string, JsonSchema>> = {
  200: answer('All entries are stored.', ['Outcomes'], {
    allStored: { outcomes: [{ status: 'accepted' }, { status: 'accepted' }] },
  }),
  207: answer('Not all entries are stored; each says what became of it.', ['Outcomes'], {
    someStored: {
      outcomes: [
        { status: 'accepted' },
        { status: 'conflict' },
        {
          status: 'invalid',
          issues: [{ path: '$.entries[2].title', message: 'is missing; want a string' }],
        },
        { status: 'unavailable' },
      ],
    },
  }),
  400: answer(
    'Not a batch: nothing was looked at, nothing is stored.',
    ['Problem'],
    {
      fromTheService: {
        message: 'Invalid batch',
        issues: [{ path: '$.entries', message: 'is missing; want an array of 1 to 100 entries' }],
      },
      fromTheGateway: { message: 'Invalid request body' },
    },
    ['x-amzn-ErrorType'],
  ),
  403: ref('Forbidden'),
  413: tooLarge('The body is larger than a batch may be, or than the gateway takes; nothing is stored.', {
    fromTheService: {
      message: 'Batch too large',
      issues: [{ path: '$', message: 'has 5242881 bytes; at most 5242880' }],
    },
    fromTheGateway: { message: 'Request Too Long' },
  }),
  429: ref('Throttled'),
  500: answer('A defect of the service; no entry is known to be stored.', ['Outcomes', 'Problem'], {
    noneStored: { outcomes: [{ status: 'failed' }, { status: 'unavailable' }] },
    failed: { message: 'Internal server error' },
  }),
  502: ref('FunctionFailed'),
  503: unavailable(['Outcomes', 'Problem'], {
    noneStored: { outcomes: [{ status: 'unavailable' }, { status: 'unavailable' }] },
    fromTheGateway: { message: 'Service Unavailable' },
  }),
  504: ref('TimedOut'),
};

/** What the gateway answers in the same way whatever the operation. Nothing is stored, unless it says otherwise. */
export const gatewayResponses: Readonly<Record<string, JsonSchema>> = {
  Forbidden: answer(
    'The signature or the API key is missing, wrong, or not enough.',
    ['Problem', 'Denial'],
    {
      noSignature: { message: 'Missing Authentication Token' },
      noKey: { message: 'Forbidden' },
      notAllowed: { Message: 'User: … is not authorized to perform: execute-api:Invoke on resource: …' },
    },
    ['x-amzn-ErrorType'],
  ),
  Throttled: answer(
    "More requests than the stage takes, or this client's plan; a REST API says when to come back. `x-amzn-ErrorType` is `LimitExceededException` where the quota of the plan is used up.",
    ['Problem'],
    { throttled: { message: 'Too Many Requests' }, quotaUsedUp: { message: 'Limit Exceeded' } },
    ['Retry-After', 'x-amzn-ErrorType'],
  ),
  FunctionFailed: answer(
    'The service broke off; whether anything is stored is not known. Safe to repeat.',
    ['Problem'],
    { brokenOff: { message: 'Internal server error' } },
    ['x-amzn-ErrorType'],
  ),
  TimedOut: answer(
    'The service took too long; whether anything is stored is not known. Safe to repeat.',
    ['Problem'],
    { timedOut: { message: 'Endpoint request timed out' } },
    ['x-amzn-ErrorType'],
  ),
};

function unavailable(bodies: readonly BodyName[], examples: Examples): JsonSchema {
  const text = 'Nothing is known to be stored: the table or the service is short of room. Repeat it, later.';
  return answer(text, bodies, examples, ['Retry-After', 'x-amzn-ErrorType']);
}

/** The gateway's own limit, 10 MB, is answered before anything that speaks JSON. */
function tooLarge(description: string, examples: Examples): JsonSchema {
  const json = answer(description, ['Problem'], examples, ['x-amzn-ErrorType']);
  const text = { schema: { type: 'string' }, examples: { over10Mb: { value: GATEWAY_TOO_LARGE } } };
  return { ...json, content: { ...(json['content'] as JsonSchema), 'text/plain': text } };
}

function answer(
  description: string,
  bodies: readonly (BodyName | 'Denial')[],
  examples: Examples,
  headers: readonly string[] = [],
): JsonSchema {
  const schemas = bodies.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return {
    description,
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    }),
    content: {
      'application/json': {
        schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas },
        examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
      },
    },
  };
}

function ref(name: string): JsonSchema {
  return { $ref: `#/components/responses/${name}` };
}
