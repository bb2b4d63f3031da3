import path from 'node:path';

/**
 * URL of a file that runs in a thread of its own, beside this one: sources here, plain JavaScript in the packed engine.
 * @param name without its extension
 */
export function threadFile(name: string): URL {
  return new URL(`./${name}${path.extname(new URL(import.meta.url).pathname)}`, import.meta.url);
}
