/** A function as an integration names it. */
export interface FunctionTarget {
  readonly name: string;
  /** Of a version or an alias; null where the function itself is called, which runs `$LATEST`. */
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
  return found?.[1] === undefined ? null : { name: found[1], qualifier: found[2] ?? null };
}
