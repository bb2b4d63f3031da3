import { answer, entry } from './__fixtures__/fake-stage.ts';
import type { ClientOptions, Credentials } from './client-options.ts';
import { systemClock } from './clock.ts';
import { createClient } from './create-client.ts';

/*
 * Signatures are made by WebCrypto, which takes time of its own: the clock is real, and the waits are none.
 */

const HOUR_MS = 3_600_000;
const keys = { accessKeyId: 'id', secretAccessKey: 'secret' };

/** A client that signs, and the headers that a stage saw. */
function signing(
  credentials: Credentials | (() => Credentials | Promise<Credentials>),
  script: (headers: Headers) => Response,
  options: Partial<ClientOptions> = {},
) {
  const seen: Headers[] = [];
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    const headers = new Headers(init?.headers);
    seen.push(headers);
    return script(headers);
  };
  const auth = { sigV4: { region: 'eu-west-1', credentials } };
  const client = createClient({ url: 'https://stage.test/prod', auth, random: () => 0, fetch, ...options });
  return { client, seen };
}

/** As a gateway answers to a time that is too far from its own. */
function refuseSkew(headers: Headers): Response {
  const [, ...parts] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers.get('x-amz-date') ?? '') ?? [];
  const [year = NaN, month = NaN, ...rest] = parts.map(Number);
  const skewMs = Date.UTC(year, month - 1, ...rest) - Date.now();
  if (Math.abs(skewMs) < 300_000) return answer(200);
  return answer(403, 'Signature expired', { date: new Date().toUTCString() });
}

describe('createPostRequest', () => {
  it.each([HOUR_MS, -HOUR_MS])('gets over a clock that is %i ms wrong, once for all', async (wrongMs) => {
    const clock = { ...systemClock, dateMs: () => Date.now() + wrongMs };
    const { client, seen } = signing(keys, refuseSkew, { clock });
    expect(await client.ingest(entry(1))).toMatchObject({ ok: true, attempts: 2 });
    expect(await client.ingest(entry(2))).toMatchObject({ ok: true, attempts: 1 });
    expect(seen).toHaveLength(3);
  });

  it('asks the provider again where a session is over, and sends once more', async () => {
    let asked = 0;
    const credentials = () => ({ ...keys, sessionToken: asked++ === 0 ? 'old' : 'new' });
    const { client } = signing(credentials, (headers) =>
      headers.get('x-amz-security-token') === 'new' ? answer(200) : answer(403, 'is expired'),
    );
    expect(await client.ingest(entry(1))).toMatchObject({ ok: true, attempts: 2 });
  });

  it.each<[string, () => Credentials, number]>([
    ['once where the provider has nothing else', () => keys, 1],
    ['twice where it always has', () => ({ ...keys, sessionToken: String(Math.random()) }), 2],
  ])('is refused %s', async (_name, credentials, attempts) => {
    const { client, seen } = signing(credentials, () => answer(403));
    expect(await client.ingest(entry(1))).toMatchObject({
      reason: 'forbidden',
      attempts,
      mayBeStored: false,
    });
    expect(seen).toHaveLength(attempts);
  });

  it.each([
    ['credentials', { attemptTimeoutMs: 20 }, 'not signed: no credentials within 20 ms'],
    ['deadline', { deadlineMs: 20 }, 'not signed before the deadline: no credentials yet'],
  ])('calls a provider that never answers %s, and nothing sent', async (reason, options, message) => {
    const { client, seen } = signing(
      () => new Promise<Credentials>(() => undefined),
      () => answer(200),
      options,
    );
    expect(await client.ingest(entry(1))).toMatchObject({ reason, message, attempts: 0, mayBeStored: false });
    expect(seen).toHaveLength(0);
  });

  it('says nothing of keys that can’t be sent', async () => {
    const { client } = signing(
      () => ({ ...keys, sessionToken: 'HUSH\nHUSH' }),
      () => answer(200),
    );
    const result = await client.ingest(entry(1));
    expect(result).toMatchObject({ reason: 'credentials', attempts: 0, mayBeStored: false });
    expect(JSON.stringify(result)).not.toContain('HUSH');
  });
});
