import { ClientOptionsError } from './client-options-error.ts';
import type { ClientOptions } from './client-options.ts';
import { readLingerMs, readSettings } from './client-settings.ts';

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
    ['an auth of no kind', 'auth.sigV4.region', { auth: {} }],
    [
      'a Region that no header carries',
      'auth.sigV4.region',
      { auth: { sigV4: { region: 'eu\nwest', credentials } } },
    ],
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

  it.each([[undefined], [null], ['https://stage.test']])('refuses %p for options', (options) => {
    const error = (() => {
      try {
        return readSettings(options as unknown as ClientOptions);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'CLIENT_OPTIONS_REFUSED', option: 'options' });
  });

  it('says where it can sign, where the platform can not', () => {
    const replaced = jest.replaceProperty(globalThis, 'crypto', {} as Crypto);
    try {
      const error = refusal({ url, auth: { sigV4: { region: 'eu-west-1', credentials } } });
      expect(error.message).toBe(
        'auth.sigV4: found no crypto.subtle to sign with, want Node, or a page served over https or by localhost',
      );
      expect(() => readSettings({ url })).not.toThrow();
    } finally {
      replaced.restore();
    }
  });

  it('keeps keys and passwords out of what it says', () => {
    expect(refusal({ url, apiKey: 'hush\n' }).message).not.toContain('hush');
    const sigV4 = { region: 'eu-west-1', credentials: { ...credentials, sessionToken: 'hush\n' } };
    expect(refusal({ url, auth: { sigV4 } }).message).not.toContain('hush');
    for (const address of [
      'https://me:hush@stage.test',
      'https://me:hush@stage test',
      'ftp://me:hu@sh@stage',
    ]) {
      expect(refusal({ url: address }).message).not.toMatch(/hush|sh@/);
    }
  });
});

describe('readLingerMs', () => {
  it('takes 0 for waiting for nothing, and the longest that a timer can wait for', () => {
    expect([0, 2_147_483_647].map((valueMs) => readLingerMs('batchLingerMs', valueMs))).toEqual([
      0, 2_147_483_647,
    ]);
    for (const valueMs of [-1, NaN, 2_147_483_648]) {
      expect(() => readLingerMs('batchLingerMs', valueMs)).toThrow(/^batchLingerMs: found .*, want /);
    }
  });
});
