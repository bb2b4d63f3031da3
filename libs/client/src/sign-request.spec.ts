import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { createHash, createHmac } from 'node:crypto';
import { createSigner } from './sign-request.ts';

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
        const ours = await createSigner({ region: 'eu-west-1', credentials })(
          `https://stage.test:8443${pathname}`,
          headers,
          body,
          DATE_MS,
        );
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
    const sign = createSigner({ region: 'eu-west-1', credentials });
    const used: (string | undefined)[] = [];
    for (let i = 0; i < 40; i++) {
      const headers = await sign('https://stage.test/', {}, '{}', DATE_MS);
      used.push(headers.get('authorization')?.match(/Credential=(\w+)/)?.[1]);
    }
    expect(used).toEqual(Array.from({ length: 40 }, (_each, i) => `id${i + 1}`));
  });

  it('keeps no key of credentials that are gone', async () => {
    let secretAccessKey = 'old';
    const sign = createSigner({
      region: 'eu-west-1',
      credentials: () => ({ accessKeyId: 'id', secretAccessKey }),
    });
    const authorization = async () =>
      (await sign('https://stage.test/', {}, '{}', DATE_MS)).get('authorization');
    const first = await authorization();
    secretAccessKey = 'new';
    expect(await authorization()).not.toBe(first);
    secretAccessKey = 'old';
    expect(await authorization()).toBe(first);
  });
});
