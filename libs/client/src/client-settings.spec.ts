import { ClientOptionsError } from './client-options-error.ts';
import type { ClientOptions } from './client-options.ts';
import { readSettings } from './client-settings.ts';

const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod';
const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

function refusal(options: unknown): ClientOptionsError {
  try {
    readSettings(options as ClientOptions);
  } catch (error) {
    if (error instanceof ClientOptionsError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('readSettings', () => {
  it('fills in what is not said', () => {
    expect(readSettings({ url })).toMatchObject({
      baseUrl: url,
      deadlineMs: 60_000,
      attemptTimeoutMs: 31_000,
      maxInFlight: 32,
    });
  });

  it.each([
    [`${url}/`, url],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://127.0.0.1:3000//', 'http://127.0.0.1:3000'],
  ])('takes %s for the address %s', (given, baseUrl) => {
    expect(readSettings({ url: given }).baseUrl).toBe(baseUrl);
  });

  it.each<[string, Record<string, unknown>]>([
    ['the shortest duration', { deadlineMs: Number.MIN_VALUE }],
    ['the longest', { deadlineMs: 2_147_483_647 }],
    ['one request at a time', { maxInFlight: 1 }],
    ['credentials', { auth: { sigV4: { region: 'eu-west-1', credentials } } }],
    ['a provider of them', { auth: { sigV4: { region: 'eu-west-1', credentials: () => credentials } } }],
    ['no auth, said aloud', { auth: undefined, apiKey: undefined }],
  ])('accepts %s', (_name, options) => {
    expect(() => readSettings({ url, ...options })).not.toThrow();
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['no address', 'url', { url: undefined }],
    ['a path', 'url', { url: '/prod' }],
    ['another protocol', 'url', { url: 'ftp://stage.test' }],
    ['a query', 'url', { url: `${url}?a=1` }],
    ['a fragment', 'url', { url: `${url}#a` }],
    ['a password', 'url', { url: 'https://me:word@stage.test' }],
    ['no time', 'deadlineMs', { deadlineMs: 0 }],
    ['a time that no timer can wait for', 'deadlineMs', { deadlineMs: 2_147_483_648 }],
    ['NaN', 'attemptTimeoutMs', { attemptTimeoutMs: NaN }],
    ['a time in words', 'attemptTimeoutMs', { attemptTimeoutMs: '5s' }],
    ['no request at a time', 'maxInFlight', { maxInFlight: 0 }],
    ['half a request', 'maxInFlight', { maxInFlight: 1.5 }],
    ['an empty key', 'apiKey', { apiKey: '' }],
    ['a key with a line break', 'apiKey', { apiKey: 'a\nb' }],
    ['no Region', 'auth.sigV4.region', { auth: { sigV4: { region: '', credentials } } }],
    ['no credentials', 'auth.sigV4.credentials', { auth: { sigV4: { region: 'eu-west-1' } } }],
    [
      'half of them',
      'auth.sigV4.credentials',
      { auth: { sigV4: { region: 'eu-west-1', credentials: { accessKeyId: 'id' } } } },
    ],
  ])('refuses %s and says what it wants', (_name, option, options) => {
    const error = refusal({ url, ...options });
    expect(error).toMatchObject({ code: 'CLIENT_OPTIONS_REFUSED', option });
    expect(error.message).toMatch(/: found .*, want /);
  });

  it('keeps keys and passwords out of what it says', () => {
    expect(refusal({ url, apiKey: 'hush\n' }).message).not.toContain('hush');
    expect(refusal({ url: 'https://me:hush@stage.test' }).message).not.toContain('hush');
  });
});
