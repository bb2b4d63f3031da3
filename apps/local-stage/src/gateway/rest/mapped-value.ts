import type { ContextVariables } from '../access-log/context-variables.ts';

/** What the values of templates and header mappings are drawn from. */
export interface ValueSource {
  readonly context: ContextVariables;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  /** Of the request, decoded; null where it has none. */
  parameter(source: ParameterSource, name: string): string | null;
}

export type ParameterSource = 'header' | 'querystring' | 'path';

/** Takes the value out of a request; null where it has none. */
export type MappedValue = (from: ValueSource) => string | null;

const NAMED = String.raw`(?:context|stageVariables|method\.request\.(?:multivalue)?(?:header|querystring|path))\.\w+(?:[.-]\w+)*`;

/** `$context.requestId` and its like in a text; a name ends before a dot or a dash that nothing follows. */
const REFERENCE = new RegExp(String.raw`\$(?:\{(${NAMED})\}|(${NAMED}))`, 'g');

/**
 * The right side of a header mapping: `'text'` in quotes, `context.…`, `stageVariables.…`,
 * `method.request.header.…`. Anything else has no value here.
 */
export function readMappedValue(expression: string): MappedValue {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return () => literal;
  const [, group, rest = ''] = /^(context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  if (group === 'context') return ({ context }) => asText(context(rest));
  if (group === 'stageVariables') return ({ stageVariables }) => stageVariables?.[rest] ?? null;
  const [, source, name = ''] =
    /^method\.request\.(?:multivalue)?(header|querystring|path)\.(.+)$/.exec(expression) ?? [];
  if (source === undefined) return () => null;
  return (from) => from.parameter(source as ParameterSource, name);
}

/** Every reference in the text replaced by its value, nothing where it has none (unverified); no logic is run. */
export function fillTemplate(template: string, from: ValueSource): string {
  return template.replaceAll(
    REFERENCE,
    (_, braced?: string, plain?: string) => readMappedValue(braced ?? plain ?? '')(from) ?? '',
  );
}

/** What a text refers to, without the dollar signs. */
export function referencesOf(template: string): readonly string[] {
  return Array.from(template.matchAll(REFERENCE), ([, braced, plain]) => braced ?? plain ?? '');
}

function asText(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
