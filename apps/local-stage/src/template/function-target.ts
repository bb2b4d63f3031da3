import { LATEST } from '../lambda/function-definition.ts';

/** A function as an integration names it. */
export interface FunctionTarget {
  readonly name: string;
  /** Of a version or an alias; null where the function itself is called, also as `$LATEST`, which that runs. */
  readonly qualifier: string | null;
}

/** Whom a route without a function calls. */
export const NO_FUNCTION: { readonly functionName: null; readonly functionQualifier: null } = {
  functionName: null,
  functionQualifier: null,
};

/**
 * The function in any form of a Lambda target: its ARN, that of a version or an alias, or the path of its invocation.
 * Null for anything else.
 */
export function readFunctionTarget(uri: string): FunctionTarget | null {
  const found = /:function:([^:/]+)(?::([^:/]+))?/.exec(uri);
  if (found?.[1] === undefined) return null;
  const qualifier = found[2] ?? LATEST;
  return { name: found[1], qualifier: qualifier === LATEST ? null : qualifier };
}
