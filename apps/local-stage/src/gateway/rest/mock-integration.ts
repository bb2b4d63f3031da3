import type { MockIntegrationModel, MockResponseModel } from '../../template/rest/rest-integration-model.ts';
import { compileVtl, type RenderVtl } from '../../template/rest/vtl-template.ts';
import type { Exchange } from './exchange.ts';
import { readAnswerStatus } from '../answer-status.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { Answer } from '../write-response.ts';
import { readMappedValue, type MappedValue, type ValueSource } from './mapped-value.ts';
import { collectHeaders } from './proxy-response.ts';
import { vtlVariables, type ResponseOverride } from './vtl-variables.ts';

/** Answers a request without calling anything, or says why its templates lead to no answer. */
export type MockIntegration = (
  exchange: Exchange,
  body: Buffer | null,
  values: ValueSource,
) => Answer | 'unsupported-media-type' | 'mock-failed';

interface MockResponse {
  readonly statusCode: number;
  readonly pattern: RegExp | null;
  readonly headers: readonly (readonly [name: string, value: MappedValue])[];
  readonly templates: ReadonlyMap<string, RenderVtl>;
}

/**
 * Makes a mock ready: its request template names a status code, the response whose pattern matches that is
 * answered, or the one without a pattern.
 * @throws Error, SyntaxError when a template or a pattern can't be parsed
 */
export function prepareMock(model: MockIntegrationModel): MockIntegration {
  const requestTemplates = compileAll(model.requestTemplates);
  const responses = model.responses.map(prepareResponse);
  return (exchange, body, values) => {
    const variables = (override: ResponseOverride) => vtlVariables(exchange, body, values, override);
    const render = requestTemplates.get(mediaTypeOf(exchange.request.headers));
    if (!render && !isPassedThrough(model)) return 'unsupported-media-type';
    // Without a template for its content type the body itself is the mock's input.
    const input = render ? render(variables({ header: {} })) : (body?.toString('utf8') ?? '');
    // AWS's reader takes names without quotes: the CDK writes `{ statusCode: 204 }`.
    const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(input)?.[1];
    if (status === undefined) return 'mock-failed';
    const response =
      responses.find(({ pattern }) => pattern?.test(status)) ?? responses.find(({ pattern }) => !pattern);
    return (response && answer(response, exchange, values, variables)) ?? 'mock-failed';
  };
}

function answer(
  response: MockResponse,
  exchange: Exchange,
  values: ValueSource,
  variables: (override: ResponseOverride) => Record<string, unknown>,
): Answer | null {
  const override: ResponseOverride = { header: {} };
  const [contentType, render] = choose(response.templates, exchange.request.headers.accept) ?? [];
  const text = render?.(variables(override)) ?? '';
  // What the template sets stands in for what is mapped, whatever the letters of the name.
  const headers = new Map<string, readonly [name: string, value: unknown]>();
  const set = (name: string, value: unknown): unknown => headers.set(name.toLowerCase(), [name, value]);
  if (contentType !== undefined) set('Content-Type', contentType);
  for (const [name, value] of response.headers) set(name, value(values) ?? '');
  for (const [name, value] of Object.entries(override.header)) set(name, value);
  const written = collectHeaders(Object.fromEntries(headers.values()), undefined);
  const statusCode = readAnswerStatus(override.status ?? response.statusCode);
  return written && statusCode !== null ? { statusCode, headers: written, body: text } : null;
}

function prepareResponse(model: MockResponseModel): MockResponse {
  return {
    statusCode: model.statusCode,
    pattern: model.selectionPattern === null ? null : new RegExp(`^(?:${model.selectionPattern})$`),
    headers: Object.entries(model.headers).map(([name, source]) => [name, readMappedValue(source)] as const),
    templates: compileAll(model.templates),
  };
}

function compileAll(templates: Readonly<Record<string, string>>): ReadonlyMap<string, RenderVtl> {
  return new Map(Object.entries(templates).map(([type, text]) => [type, compileVtl(text)]));
}

function isPassedThrough({ passthrough, requestTemplates }: MockIntegrationModel): boolean {
  if (passthrough === 'WHEN_NO_TEMPLATES') return Object.keys(requestTemplates).length === 0;
  return passthrough === 'WHEN_NO_MATCH';
}

/** The template of a type that the client accepts, else the one for JSON, API Gateway's default. */
function choose<T>(templates: ReadonlyMap<string, T>, accept = ''): readonly [string, T] | undefined {
  const exact = [...templates].find(([type]) => accept.includes(type));
  if (exact) return exact;
  const json = templates.get('application/json');
  return json === undefined ? undefined : ['application/json', json];
}
