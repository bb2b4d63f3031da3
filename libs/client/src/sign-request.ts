import { AwsV4Signer } from 'aws4fetch';
import type { SigV4Options } from './client-options.ts';

/** Keys derived from credentials, so that a request costs one HMAC instead of five. */
const MAX_CACHED_KEYS = 16;

/** Adds what AWS_IAM wants to the headers of a POST request. */
export type SignRequest = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  dateMs: number,
) => Promise<Headers>;

/**
 * Signs for API Gateway with Signature Version 4 over the platform's WebCrypto.
 * @throws whatever the provider of credentials throws
 */
export function createSigner({ region, credentials }: SigV4Options): SignRequest {
  const cache = new Map<string, ArrayBuffer>();
  return async (url, headers, body, dateMs) => {
    const { accessKeyId, secretAccessKey, sessionToken } =
      typeof credentials === 'function' ? await credentials() : credentials;
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
    return (await signer.sign()).headers;
  };
}
