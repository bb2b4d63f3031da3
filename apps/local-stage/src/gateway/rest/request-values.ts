import { parse as parseQuery } from 'node:querystring';
import type { Exchange } from './exchange.ts';
import type { ParameterSource, ValueSource } from './mapped-value.ts';
import { restContext } from './rest-context.ts';

/** Everything that templates, header mappings and validators may take out of a request. */
export function valuesOf(exchange: Exchange, accountId: string): ValueSource {
  return {
    context: restContext(exchange, null, accountId),
    stageVariables: exchange.stage?.model.variables ?? null,
    parameter: (source, name) => requestParameter(exchange, source, name),
  };
}

/** One parameter of a request, several values joined by commas; header names in any case. */
export function requestParameter(
  { request, query, match }: Exchange,
  source: ParameterSource,
  name: string,
): string | null {
  switch (source) {
    case 'header':
      return joined(request.headers[name.toLowerCase()]);
    case 'querystring': {
      const values = parseQuery(query, '&', '=', { maxKeys: 0 });
      return Object.hasOwn(values, name) ? joined(values[name]) : null;
    }
    case 'path':
      return match?.pathParameters?.[name] ?? null;
  }
}

function joined(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(',') : (value ?? null);
}
