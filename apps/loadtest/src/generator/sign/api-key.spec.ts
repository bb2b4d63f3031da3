import { apiKeyOf } from './api-key.ts';
import { AuthError } from './auth-error.ts';

const environment: Record<string, string> = { KEY: 'secret-key', BLANK: 'two secrets' };
const variable = (name: string) => environment[name];

describe('apiKeyOf', () => {
  it.each([
    ['itself', 'k1', 'k1'],
    ['the environment variable it names', { env: 'KEY' }, 'secret-key'],
    ['nothing where none is asked for', undefined, undefined],
  ])('is %s', (_, asked, key) => {
    expect(apiKeyOf(asked, variable)).toBe(key);
  });

  it.each([
    ['a variable that is not set', { env: 'NONE' }, 'NONE: found none, want the key; set NONE'],
    ['a value with a blank', { env: 'BLANK' }, 'environment variable BLANK: found blanks'],
    ['a line break in a key', 'secret\r\nx: y', 'apiKey: found blanks or unprintable'],
    ['a number', 4711, 'apiKey: found a number'],
    ['another object', { env: 'KEY', or: 'secret' }, 'apiKey: found an object, want'],
    ['an empty text', '', 'apiKey: found blanks'],
  ])('refuses %s and repeats no secret', (_, asked, message) => {
    const refuse = () => apiKeyOf(asked, variable);
    expect(refuse).toThrow(AuthError);
    expect(refuse).toThrow(message);
    expect(refuse).not.toThrow(/secret|4711/);
  });
});
