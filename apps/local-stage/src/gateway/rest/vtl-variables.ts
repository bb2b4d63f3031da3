import { parse as parseQuery } from 'node:querystring';
import type { Exchange } from './exchange.ts';
import type { ValueSource } from './mapped-value.ts';
import { REST_CONTEXT_NAMES } from './rest-context.ts';
import type { VtlVariables } from '../../template/rest/vtl-template.ts';

/** What a response template can change about its own answer. */
export interface ResponseOverride {
  status?: unknown;
  readonly header: Record<string, unknown>;
}

/** A map as templates know it: `$map.name` and `$map.get("name")`, an empty text where there is none. */
class VtlMap {
  readonly [name: string]: unknown;

  constructor(values: Readonly<Record<string, unknown>>) {
    Object.assign(this, values);
  }

  get(name: string): unknown {
    return Object.hasOwn(this, name) ? this[name] : '';
  }
}

/**
 * `$context`, `$input`, `$stageVariables` and `$util` of one request, as mapping templates see them. Of `$input`,
 * paths are JSONPath's `$`, `$.name` and `$[0]` in any depth.
 */
export function vtlVariables(
  exchange: Exchange,
  body: Buffer | null,
  values: ValueSource,
  override: ResponseOverride,
): VtlVariables {
  return {
    context: contextTree(values, override),
    input: inputOf(exchange, body, values),
    stageVariables: new VtlMap(values.stageVariables ?? {}),
    util: UTIL,
  };
}

function contextTree({ context }: ValueSource, responseOverride: ResponseOverride): unknown {
  const tree: Record<string, unknown> = { responseOverride };
  for (const name of REST_CONTEXT_NAMES) {
    const value = context(name);
    if (value === null || value === undefined) continue;
    const [group = '', inner] = name.split('.');
    if (inner === undefined) tree[group] = value;
    else ((tree[group] ??= {}) as Record<string, unknown>)[inner] = value;
  }
  return tree;
}

function inputOf({ request, query, match }: Exchange, body: Buffer | null, values: ValueSource): unknown {
  const text = body?.toString('utf8') ?? '';
  const parameters = {
    header: new VtlMap(readHeaders(request.rawHeaders)),
    querystring: new VtlMap(lastOfEach(parseQuery(query))),
    path: new VtlMap(match?.pathParameters ?? {}),
  };
  return {
    body: text,
    params: (name?: string): unknown => {
      if (name === undefined) return parameters;
      const sources = ['path', 'querystring', 'header'] as const;
      return sources.map((source) => values.parameter(source, name)).find((v) => v !== null) ?? '';
    },
    path: (path: string): unknown => pick(text, path),
    json: (path: string): string => JSON.stringify(pick(text, path) ?? null),
  };
}

/** Names as the client wrote them, as templates compare them. */
function readHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < raw.length; index += 2) headers[raw[index] ?? ''] = raw[index + 1] ?? '';
  return headers;
}

function lastOfEach(query: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value = '']) => [
      name,
      Array.isArray(value) ? (value.at(-1) ?? '') : value,
    ]),
  );
}

/** The part of a JSON text that a path leads to; undefined where there is none. */
function pick(text: string, path: string): unknown {
  let value: unknown = parseJson(text);
  for (const [, name, index] of path.matchAll(/\.([\w-]+)|\[(?:'?)([\w-]+)(?:'?)\]/g)) {
    const key = name ?? index ?? '';
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const UTIL = {
  escapeJavaScript: (text: unknown): string =>
    JSON.stringify(String(text)).slice(1, -1).replaceAll("'", "\\'"),
  parseJson: (text: unknown): unknown => parseJson(String(text)),
  urlEncode: (text: unknown): string => encodeURIComponent(String(text)),
  urlDecode: (text: unknown): string => decodeURIComponent(String(text)),
  base64Encode: (text: unknown): string => Buffer.from(String(text)).toString('base64'),
  base64Decode: (text: unknown): string => Buffer.from(String(text), 'base64').toString('utf8'),
};
