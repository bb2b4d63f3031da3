import * as z from 'zod';
import { readFunctionTarget } from './function-target.ts';
import type { ResolvedStack } from './resolved-stack.ts';

const aliasPropertiesSchema = z.looseObject({
  FunctionName: z.string(),
  FunctionVersion: z.coerce.string(),
  Name: z.string(),
});

/** Aliases of a function: name → version. */
export type FunctionAliases = Readonly<Record<string, string>>;

/** The aliases that the template declares, by function name. */
export function readAliases(stack: ResolvedStack): ReadonlyMap<string, FunctionAliases> {
  const byFunction = new Map<string, FunctionAliases>();
  for (const resource of stack.ofType('AWS::Lambda::Alias')) {
    const alias = stack.tryRead(resource, aliasPropertiesSchema, `alias ${resource.logicalId}`);
    if (!alias) continue;
    const { FunctionName, FunctionVersion, Name } = alias;
    const name = readFunctionTarget(FunctionName)?.name ?? FunctionName;
    byFunction.set(name, { ...byFunction.get(name), [Name]: FunctionVersion });
  }
  return byFunction;
}

/**
 * As what the routes call a function: an alias, a version, or null for the function itself. One set of environments
 * plays it, so whoever calls it in several ways is told that `$LATEST` runs for all of them.
 * @param calledAs qualifiers of all the routes that call it
 */
export function playedQualifier(
  stack: ResolvedStack,
  name: string,
  aliases: FunctionAliases,
  calledAs: ReadonlySet<string | null>,
): string | null {
  if (calledAs.size > 1) {
    const ways = [...calledAs].map((qualifier) => qualifier ?? '$LATEST').join(', ');
    stack.notPlayed.add(`function ${name}: its versions (called as ${ways}; $LATEST runs for all)`);
    return null;
  }
  const [qualifier = null] = calledAs;
  if (qualifier === null) return null;
  const isKnown = /^\d+$/.test(qualifier) || Object.hasOwn(aliases, qualifier);
  if (!isKnown) stack.notPlayed.add(`alias ${qualifier} of ${name} (not in the template; $LATEST runs)`);
  return isKnown ? qualifier : null;
}
