import { registerHooks } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Lets `import` find packages by `NODE_PATH` too: Lambda does so from Node 18 on, Node by itself for `require` only.
 * @param nodePath folders named node_modules; others are passed over
 */
export function searchNodePath(nodePath: string): void {
  const parents = nodePath
    .split(delimiter)
    .filter((folder) => basename(folder) === 'node_modules')
    .map((folder) => pathToFileURL(join(dirname(folder), 'any.js')).href);
  if (parents.length === 0) return;
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isMissing(error) || !isPackage(specifier)) throw error;
        for (const parentURL of parents) {
          try {
            return next(specifier, { ...context, parentURL });
          } catch (again) {
            if (!isMissing(again)) throw again;
          }
        }
        throw error;
      }
    },
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function isPackage(specifier: string): boolean {
  return !/^(\.|\/|\w+:)/.test(specifier);
}
