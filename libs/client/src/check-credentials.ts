import type { Credentials } from './client-options.ts';

/** What a header carries; a line break in a key makes the platform print the whole header. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/**
 * What a provider gave, if it can sign.
 * @throws an error that names the field and nothing of what is in it: messages are logged
 */
export function checkCredentials(found: unknown): Credentials {
  if (typeof found !== 'object' || found === null) throw new Error('found no credentials');
  const { accessKeyId, secretAccessKey, sessionToken } = found as { readonly [name: string]: unknown };
  return {
    accessKeyId: readText('accessKeyId', accessKeyId),
    // It goes into a hash only, which takes any text.
    secretAccessKey: readText('secretAccessKey', secretAccessKey, /./s),
    sessionToken: sessionToken === undefined ? undefined : readText('sessionToken', sessionToken),
  };
}

function readText(field: string, found: unknown, pattern = HEADER_TEXT): string {
  if (typeof found === 'string' && pattern.test(found)) return found;
  const isText = typeof found === 'string' && found !== '';
  throw new Error(`${field}: found ${isText ? 'a character that no header carries' : 'nothing'}`);
}
