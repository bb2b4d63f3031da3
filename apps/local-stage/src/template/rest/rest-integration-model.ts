import * as z from 'zod';
import { NO_FUNCTION, readFunctionTarget } from '../function-target.ts';
import type { ResolvedStack } from '../resolved-stack.ts';
import { compileVtl } from './vtl-template.ts';

/** What a method calls; with neither a function nor a mock the route answers 501 and says so. */
export interface RestIntegrationModel {
  readonly functionName: string | null;
  /** Alias or version of the function; null: the function itself. */
  readonly functionQualifier: string | null;
  readonly mock: MockIntegrationModel | null;
  /** Between 50 ms and 29 s by default (F18). */
  readonly integrationTimeoutMs: number;
}

/** An answer that the gateway makes by itself, a preflight's for example. */
export interface MockIntegrationModel {
  /** By the request's content type; the result names the status code. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** What becomes of a body that no request template is for. */
  readonly passthrough: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly responses: readonly MockResponseModel[];
}

/** What is answered to one status code of the request template. */
export interface MockResponseModel {
  readonly statusCode: number;
  /** Matched against the whole status code; null for the answer to any other. */
  readonly selectionPattern: string | null;
  /** Header name → what it is made of, `'*'` in quotes or `context.requestId`. */
  readonly headers: Readonly<Record<string, string>>;
  /** By content type. */
  readonly templates: Readonly<Record<string, string>>;
}

/** F18: the gateway gives up after 29 s unless the method says otherwise. */
export const INTEGRATION_TIMEOUT_MS = 29_000;

const textsSchema = z.record(z.string(), z.coerce.string());

export const integrationSchema = z.looseObject({
  Type: z.string(),
  Uri: z.string().optional(),
  TimeoutInMillis: z.coerce.number().min(50).optional(),
  PassthroughBehavior: z.enum(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']).default('WHEN_NO_MATCH'),
  RequestTemplates: textsSchema.default({}),
  IntegrationResponses: z
    .array(
      z.looseObject({
        StatusCode: z.coerce.number().int().min(100).max(599),
        SelectionPattern: z.string().optional(),
        ResponseParameters: textsSchema.default({}),
        ResponseTemplates: textsSchema.default({}),
      }),
    )
    .default([]),
});

type Integration = z.infer<typeof integrationSchema>;

/** Reads a method's integration; what is not played is named. */
export function readIntegration(
  stack: ResolvedStack,
  integration: Integration | undefined,
  route: string,
  playedFunctions: ReadonlySet<string>,
): RestIntegrationModel {
  const type = integration?.Type ?? 'none';
  const integrationTimeoutMs = integration?.TimeoutInMillis ?? INTEGRATION_TIMEOUT_MS;
  if (integration && type === 'MOCK') {
    const mock = readMock(integration);
    const problem = problemOf(mock);
    if (problem !== null) stack.notPlayed.add(`${route}: integration MOCK (answers 501: ${problem})`);
    return { ...NO_FUNCTION, mock: problem === null ? mock : null, integrationTimeoutMs };
  }
  const called = readFunctionTarget(integration?.Uri ?? '');
  const rest = { mock: null, integrationTimeoutMs };
  if (type === 'AWS_PROXY' && called !== null && playedFunctions.has(called.name)) {
    return { functionName: called.name, functionQualifier: called.qualifier, ...rest };
  }
  stack.notPlayed.add(`${route}: integration ${type}${called ? ` of ${called.name}` : ''} (answers 501)`);
  return { ...NO_FUNCTION, ...rest };
}

function readMock(integration: Integration): MockIntegrationModel {
  return {
    requestTemplates: integration.RequestTemplates,
    passthrough: integration.PassthroughBehavior,
    responses: integration.IntegrationResponses.map((response) => ({
      statusCode: response.StatusCode,
      // CloudFormation's way of saying none.
      selectionPattern: response.SelectionPattern || null,
      headers: Object.fromEntries(
        Object.entries(response.ResponseParameters).flatMap(([target, source]) => {
          const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
          return name === undefined ? [] : [[name, source]];
        }),
      ),
      templates: response.ResponseTemplates,
    })),
  };
}

/** A template or a pattern that can't be parsed; null where all can. */
function problemOf({ requestTemplates, responses }: MockIntegrationModel): string | null {
  try {
    const templates = [requestTemplates, ...responses.map((response) => response.templates)];
    for (const template of templates.flatMap((byType) => Object.values(byType))) compileVtl(template);
    for (const { selectionPattern } of responses) new RegExp(selectionPattern ?? '');
    return null;
  } catch (error) {
    return String(error).split('\n', 1)[0] ?? '';
  }
}
