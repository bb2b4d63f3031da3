import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTemplate } from '../../src/template/read-template.ts';
import { buildStageModel } from '../../src/template/stage-model.ts';
import { send } from './exchange.ts';
import { at, both, exchange, type Proof, type Row, type WantedAnswer } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';

const REST_ERROR: WantedAnswer = { status: 502, body: '{"message": "Internal server error"}' };
const HTTP_ERROR: WantedAnswer = { status: 500, body: '{"message":"Internal Server Error"}' };

/** A function's failure, by the column of the kind. */
const failure = (path: string): Record<Kind, Proof> => ({
  rest: exchange('rest', { path }, REST_ERROR),
  http: exchange('http', { path }, HTTP_ERROR),
});

/** Whether the invoke payload is counted to the byte: bodies of which the events are 6 MB, and a byte more. */
async function eventsAtTheLimit(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const url = stage.url(kind, '/event-bytes');
  // Without a type an HTTP API takes a body for binary.
  const headers = { 'Content-Type': 'text/plain' };
  const post = (bodyBytes: number, letter = 'x') =>
    send({ method: 'POST', url, headers, body: letter.repeat(bodyBytes) });
  const eventBytes = Number((await post(6_200_000)).body);
  const lastBody = 6_200_000 + 6_291_456 - eventBytes;
  const [last, tooLong, escaped] = [
    await post(lastBody),
    await post(lastBody + 1),
    await post(3_200_000, '"'),
  ];
  const binary = await send({
    method: 'POST',
    // Of the REST APIs this one takes such bodies for binary; an HTTP API always does.
    url: stage.url(kind === 'rest' ? 'custom' : kind, '/ok'),
    headers: { 'Content-Type': 'application/octet-stream' },
    body: Buffer.alloc(4_725_000),
  });
  return {
    last: `${last.status} ${last.body}`,
    tooLong: kind === 'rest' ? `${tooLong.status} ${tooLong.body}` : tooLong.status,
    escaped: escaped.status,
    base64: binary.status,
  };
}

/** F20: how often a function that fails was invoked. */
async function invocations(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const file = join(stage.folder, `${kind}-invocations`);
  await send({ url: stage.url(kind, `/count?file=${file}`) });
  const afterThrow = (await readFile(file, 'utf8')).split('\n').length - 1;
  await send({ url: stage.url(kind, `/count?how=exit&file=${file}`) });
  return [afterThrow, (await readFile(file, 'utf8')).split('\n').length - 1];
}

/** Which headers a client gets more than once from a function that answers with the gateway's own. */
async function doubledHeaders(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const { status, headers } = await fetch(stage.url(kind, '/own-headers'));
  return [status, [...headers].filter(([, value]) => value.includes(', mine') || value.includes('mine, '))];
}

/** F18: how long the gateway waits for routes that don't say so. */
async function declaredTimeouts({ templateFile }: ConformanceStage): Promise<unknown> {
  const given = { parameterValues: new Map(), importedValues: new Map() };
  const { restStages, httpStages } = buildStageModel(await readTemplate(templateFile, given), 'us-east-1');
  return {
    rest: restStages[0]?.methods.find(({ resourcePath }) => resourcePath === '/ok')?.integrationTimeoutMs,
    http: httpStages[0]?.routes.find(({ routeKey }) => routeKey === 'ANY /ok')?.integrationTimeoutMs,
  };
}

/** What clients see of an integration. */
export const answerRows: readonly Row[] = [
  {
    fact: 'F15',
    says: 'an event of 6 MB is the last one: escaping and base64 count',
    rest: at('roomy', (stage) => eventsAtTheLimit(stage, 'rest'), {
      last: '200 6291456',
      tooLong: '413 {"message":"Request Too Long"}',
      escaped: 413,
      base64: 413,
    }),
    http: at('roomy', (stage) => eventsAtTheLimit(stage, 'http'), {
      last: '200 6291456',
      tooLong: 413,
      escaped: 413,
      base64: 413,
    }),
  },
  {
    fact: 'F16',
    says: 'Lambda throttled: 500 of a REST API, 500 or 503 of an HTTP API',
    rest: exchange(
      'rest',
      { path: '/stopped' },
      {
        status: 500,
        body: '{"message": "Internal server error"}',
        headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
      },
    ),
    http: exchange('http', { path: '/stopped' }, { status: [500, 503] }),
  },
  {
    fact: 'F16',
    says: 'with INTEGRATION_FAILURE customised, its status instead: 504 by default',
    rest: exchange('custom', { path: '/stopped' }, { status: 504 }),
  },
  {
    fact: 'F16',
    says: 'with INTEGRATION_FAILURE customised, its status instead: the declared one',
    rest: exchange('unavailable', { path: '/stopped' }, { status: 503 }),
  },
  { fact: 'F17', says: 'function threw', ...failure('/throw') },
  { fact: 'F17', says: 'function ended its process', ...failure('/exit') },
  { fact: 'F17', says: 'malformed proxy response', ...failure('/malformed') },
  { fact: 'F17', says: 'a status that does not end the request is malformed', ...failure('/switching') },
  {
    fact: 'F17',
    says: "the gateway's own headers are not malformed, and none comes twice",
    rest: at('roomy', (stage) => doubledHeaders(stage, 'rest'), [200, []]),
    http: at('roomy', (stage) => doubledHeaders(stage, 'http'), [200, []]),
  },
  {
    fact: 'F18',
    says: 'integration timeout',
    rest: exchange(
      'rest',
      { path: '/hang' },
      { status: 504, body: '{"message": "Endpoint request timed out"}' },
    ),
    http: exchange('http', { path: '/hang' }, { status: 503, body: '{"message":"Service Unavailable"}' }),
  },
  {
    fact: 'F18',
    says: 'a REST API waits 29 s, an HTTP API 30 s, unless the template says less',
    stage: at('roomy', declaredTimeouts, { rest: 29_000, http: 30_000 }),
  },
  // Both unverified: one report says 504 of a REST API.
  { fact: 'F19', says: "function's own timeout, by the rule of F17", ...failure('/brief') },
  { fact: 'F20', says: 'an invocation that failed is not tried again', ...both(invocations, [1, 2]) },
];
