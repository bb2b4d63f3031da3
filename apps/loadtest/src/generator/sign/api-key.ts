import { AuthError } from './auth-error.ts';

/** A header's value that no proxy or server reads differently: visible ASCII. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * The key that `config.engines.spillway.apiKey` asks for: itself, or by the name of an environment variable, which
 * keeps it out of files and command lines.
 * @param variable reads the environment
 * @throws AuthError, which never holds a key
 */
export function apiKeyOf(asked: unknown, variable: (name: string) => string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const name = nameIn(asked);
  const key = name === null ? asked : variable(name);
  const place = name === null ? 'config.engines.spillway.apiKey' : `API key in environment variable ${name}`;
  if (key === undefined) throw new AuthError(`${place}: found none, want the key; set ${name} and run again`);
  if (typeof key !== 'string' || !SENDABLE.test(key)) {
    throw new AuthError(
      `${place}: found ${describe(key)}, ` +
        'want a key as text, or {env: NAME} with the name of the environment variable that holds it',
    );
  }
  return key;
}

function nameIn(asked: unknown): string | null {
  if (asked === null || typeof asked !== 'object') return null;
  const { env, ...others } = asked as { env?: unknown };
  return typeof env === 'string' && env !== '' && Object.keys(others).length === 0 ? env : null;
}

function describe(found: unknown): string {
  if (typeof found === 'string') return 'blanks or unprintable characters';
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}
