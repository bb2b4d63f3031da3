import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { createHash, createHmac } from 'node:crypto';
import { FakeClock, START_DATE_MS } from './__fixtures__/fake-clock.ts';
import { systemClock } from './clock.ts';
import { createSigner, MAX_SKEW_MS } from './sign-request.ts';

/** What the AWS SDK hashes with, over Node. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array));
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {
    throw new Error('not asked for');
  }
}

const DATE_MS = Date.UTC(2026, 10, 6, 8, 49, 37, 123);
const clock = { ...systemClock, dateMs: () => DATE_MS };

describe('createSigner', () => {
  it('signs as the AWS SDK does, whatever body, path and credentials', async () => {
    const keys = fc.record(
      {
        accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
        secretAccessKey: fc.string({ minLength: 1 }),
        sessionToken: fc.stringMatching(/^[\w+/=]{1,40}$/),
      },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    );
    const path = fc.constantFrom('/', '/prod/', '/prod/batch', '/my%20stage/batch');
    await fc.assert(
      fc.asyncProperty(keys, path, fc.string({ unit: 'binary' }), async (credentials, pathname, text) => {
        const body = text.toWellFormed();
        const headers = { 'content-type': 'application/json', 'x-api-key': 'plan-key' };
        const sign = createSigner({ region: 'eu-west-1', credentials }, clock);
        const { headers: ours } = await sign(`https://stage.test:8443${pathname}`, headers, body);
        const theirs = await new SignatureV4({
          credentials,
          region: 'eu-west-1',
          service: 'execute-api',
          sha256: Sha256,
          applyChecksum: false,
        }).sign(
          {
            method: 'POST',
            protocol: 'https:',
            hostname: 'stage.test',
            path: pathname,
            headers: { host: 'stage.test:8443', 'x-api-key': 'plan-key' },
            body,
          },
          { signingDate: new Date(DATE_MS) },
        );
        expect(ours.get('authorization')).toBe(theirs.headers['authorization']);
        expect(ours.get('x-amz-date')).toBe('20261106T084937Z');
        expect(ours.get('x-amz-security-token')).toBe(credentials.sessionToken ?? null);
        expect(ours.get('x-api-key')).toBe('plan-key');
      }),
      { numRuns: 50 },
    );
  });

  it('asks the provider each time, and signs with what it gives', async () => {
    let number = 0;
    const credentials = () => {
      number += 1;
      return Promise.resolve({ accessKeyId: `id${number}`, secretAccessKey: 'secret' });
    };
    const sign = createSigner({ region: 'eu-west-1', credentials }, clock);
    const used: (string | undefined)[] = [];
    for (let i = 0; i < 40; i++) {
      const { headers } = await sign('https://stage.test/', {}, '{}');
      used.push(headers.get('authorization')?.match(/Credential=(\w+)/)?.[1]);
    }
    expect(used).toEqual(Array.from({ length: 40 }, (_each, i) => `id${i + 1}`));
  });

  it('keeps no key of credentials that are gone', async () => {
    let secretAccessKey = 'old';
    const credentials = () => ({ accessKeyId: 'id', secretAccessKey });
    const sign = createSigner({ region: 'eu-west-1', credentials }, clock);
    const authorization = async () =>
      (await sign('https://stage.test/', {}, '{}')).headers.get('authorization');
    const first = await authorization();
    secretAccessKey = 'new';
    expect(await authorization()).not.toBe(first);
    secretAccessKey = 'old';
    expect(await authorization()).toBe(first);
  });

  it.each([
    ['behind', MAX_SKEW_MS + 1_000],
    ['ahead', -MAX_SKEW_MS - 1_000],
  ])(
    'signs with the service’s time once it hears that its own is %s, and says so once',
    async (_name, skewMs) => {
      const fake = new FakeClock();
      const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
      const sign = createSigner({ region: 'eu-west-1', credentials }, fake);
      const request = () => sign('https://stage.test/', {}, '{}');
      const serviceDate = () => new Date(fake.dateMs() + skewMs).toUTCString();
      const [first, beside] = [await request(), await request()];
      expect(await first.isStale(serviceDate())).toBe(true);
      expect(await beside.isStale(serviceDate())).toBe(true);
      const second = await request();
      const signedDate = new Date(START_DATE_MS + skewMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
      expect(second.headers.get('x-amz-date')).toBe(signedDate);
      expect(await second.isStale(serviceDate())).toBe(false);
    },
  );

  it.each([
    ['no date', null],
    ['a date that is none', 'soon'],
    ['a date that a signature may have', new Date(DATE_MS + MAX_SKEW_MS).toUTCString()],
  ])('keeps its time after an answer with %s', async (_name, date) => {
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    const signed = await createSigner({ region: 'eu-west-1', credentials }, clock)(
      'https://stage.test/',
      {},
      '{}',
    );
    expect(await signed.isStale(date)).toBe(false);
  });

  it('calls a signature stale whose session token the provider has replaced since', async () => {
    let sessionToken = 'old';
    const credentials = () => ({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken });
    const sign = createSigner({ region: 'eu-west-1', credentials }, clock);
    const signed = await sign('https://stage.test/', {}, '{}');
    expect(await signed.isStale(null)).toBe(false);
    sessionToken = 'new';
    expect(await signed.isStale(null)).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['accessKeyId', { accessKeyId: 'HUSH\nID' }],
    ['accessKeyId', { accessKeyId: undefined }],
    ['secretAccessKey', { secretAccessKey: '' }],
    ['sessionToken', { sessionToken: 'HUSH\nTOKEN' }],
    ['sessionToken', { sessionToken: 12 }],
  ])('names the field %s that can’t sign, and nothing of what is in it: %j', async (field, wrong) => {
    const keys = { accessKeyId: 'HUSH1', secretAccessKey: 'HUSH2', sessionToken: 'HUSH3', ...wrong };
    const credentials = () => keys as { accessKeyId: string; secretAccessKey: string };
    const sign = createSigner({ region: 'eu-west-1', credentials }, clock);
    const message = await sign('https://stage.test/', {}, '{}').then(
      () => 'signed',
      (error: Error) => error.message,
    );
    expect(message).toContain(`${field}: found`);
    expect(message).not.toContain('HUSH');
  });
});
