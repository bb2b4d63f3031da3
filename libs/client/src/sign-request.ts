import { AwsV4Signer } from 'aws4fetch';
import { checkCredentials } from './check-credentials.ts';
import type { Credentials, SigV4Options } from './client-options.ts';
import type { Clock } from './clock.ts';

/** Keys derived from credentials, so that a request costs one HMAC instead of five. */
const MAX_CACHED_KEYS = 16;

/** From here on a clock is called wrong, ms: the gateway takes five minutes, and a date says whole seconds. */
export const MAX_SKEW_MS = 60_000;

/** A request as AWS_IAM wants it. */
export interface SignedRequest {
  readonly headers: Headers;
  /**
   * To be asked where it was refused: whether the next signature will differ, because the clock is wrong, which is made
   * good from then on, or because the provider of credentials now gives others.
   * @param date the answer's `Date`; null in a browser that is not allowed to read it
   * @throws whatever the provider of credentials throws
   */
  isStale(date: string | null): Promise<boolean>;
}

/** Adds a signature to the headers of a POST request. */
export type SignRequest = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<SignedRequest>;

/**
 * Signs for API Gateway with Signature Version 4 over the platform's WebCrypto.
 * @throws whatever the provider of credentials throws, and an error for credentials that can't sign
 */
export function createSigner({ region, credentials }: SigV4Options, clock: Clock): SignRequest {
  const cache = new Map<string, ArrayBuffer>();
  /** How far the service's clock is ahead of ours. */
  let aheadMs = 0;
  const ask = async () =>
    checkCredentials(typeof credentials === 'function' ? await credentials() : credentials);

  return async (url, headers, body) => {
    const keys = await ask();
    const { accessKeyId, secretAccessKey, sessionToken } = keys;
    const dateMs = clock.dateMs() + aheadMs;
    if (cache.size >= MAX_CACHED_KEYS) cache.clear();
    const signer = new AwsV4Signer({
      method: 'POST',
      url,
      headers: { ...headers },
      body,
      service: 'execute-api',
      region,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      cache,
      datetime: new Date(dateMs).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    });
    return {
      headers: (await signer.sign()).headers,
      isStale: async (date) => {
        const serviceMs = Date.parse(date ?? '');
        // Against the time that was signed: others may have set the clock right since.
        if (Math.abs(serviceMs - dateMs) > MAX_SKEW_MS) {
          aheadMs = serviceMs - clock.dateMs();
          return true;
        }
        return typeof credentials === 'function' && !isSame(keys, await ask());
      },
    };
  };
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}
