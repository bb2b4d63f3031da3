import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HandlerLoadError, parseHandlerName } from './handler-name.ts';
import { searchNodePath } from './search-node-path.ts';

export type Handler = (event: unknown, context: unknown, callback?: unknown) => unknown;

/** In Lambda's order: a file without extension first, whatever is inside. */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'] as const;

/**
 * Loads a function's code by the rules of Lambda's Node runtime.
 * Node decides by the nearest package.json whether a `.js` file is a module: as on Lambda, if the bundle has one.
 * @throws {HandlerLoadError} named as Lambda names it, or whatever the code itself throws while it loads
 */
export async function loadHandler(bundleDirectory: string, handler: string): Promise<Handler> {
  const { folder, module, exportPath } = parseHandlerName(handler);
  const loaded = await importModule(bundleDirectory, folder, module);
  const found = follow(loaded, exportPath) ?? follow((loaded as { default?: unknown }).default, exportPath);
  if (!found) throw new HandlerLoadError('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function')
    throw new HandlerLoadError('HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

async function importModule(bundleDirectory: string, folder: string, module: string): Promise<object> {
  const path = resolve(bundleDirectory, folder, module);
  try {
    for (const extension of EXTENSIONS) {
      if (!existsSync(path + extension)) continue;
      if (extension !== '.cjs') searchNodePath(process.env['NODE_PATH'] ?? '');
      return (await import(pathToFileURL(path + extension).href)) as object;
    }
    const require = createRequire(join(bundleDirectory, 'package.json'));
    return require(
      require.resolve(module, { paths: [bundleDirectory, join(bundleDirectory, folder)] }),
    ) as object;
  } catch (error) {
    if (error instanceof SyntaxError) throw new HandlerLoadError('UserCodeSyntaxError', String(error), error);
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw new HandlerLoadError('ImportModuleError', String(error), error);
    }
    throw error;
  }
}

function follow(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    from,
  );
}
