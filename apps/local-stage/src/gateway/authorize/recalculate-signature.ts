import type { IncomingMessage } from 'node:http';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import {
  ALGORITHM_IDENTIFIER,
  createScope,
  getCanonicalHeaders,
  getPayloadHash,
  getSigningKey,
  SignatureV4Base,
} from '@smithy/signature-v4';
import type { PresentedSignature } from './presented-signature.ts';
import { headerValues, pathOf, queryPairs } from './signed-parts.ts';

/** A signature as it should be, and what it was made of. */
export interface RecalculatedSignature {
  /** Hexadecimal. */
  readonly signature: string;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/**
 * The AWS SDK's own signer, run on what was received. Its public methods decide by themselves what to sign; here
 * the request has decided that, so they are called one level lower.
 */
export class SignatureRecalculator extends SignatureV4Base {
  constructor() {
    // Credentials and Region come with each request; the path is encoded twice, as for every service but S3.
    super({
      service: 'execute-api',
      region: '',
      credentials: { accessKeyId: '', secretAccessKey: '' },
      sha256: Sha256,
    });
  }

  /** Signs the request again, over the headers that the client says it signed, and over the body that arrived. */
  async recalculate(
    request: IncomingMessage,
    body: Buffer | null,
    presented: PresentedSignature,
    secretAccessKey: string,
  ): Promise<RecalculatedSignature> {
    const { accessKey, date, signedHeaders } = presented;
    const [day, region, service] = presented.scope;
    const canonicalRequest = this.createCanonicalRequest(
      new HttpRequest({
        method: request.method ?? 'GET',
        path: pathOf(request.url ?? '/'),
        query: queryBag(request),
      }),
      getCanonicalHeaders(headerBag(request, signedHeaders), undefined, new Set(signedHeaders)),
      // Without headers, so that no x-amz-content-sha256 stands in for the body: only S3 takes unsigned payloads.
      await getPayloadHash(new HttpRequest({ headers: {}, body: body ?? undefined }), Sha256),
    );
    const stringToSign = await this.createStringToSign(
      date,
      createScope(day, region, service),
      canonicalRequest,
      ALGORITHM_IDENTIFIER,
    );
    const credentials = { accessKeyId: accessKey, secretAccessKey };
    const key = await getSigningKey(Sha256, credentials, day, region, service);
    const hash = new Sha256(key);
    hash.update(Buffer.from(stringToSign));
    const signature = Buffer.from(await hash.digest()).toString('hex');
    return { signature, canonicalRequest, stringToSign };
  }
}

function headerBag(request: IncomingMessage, signedHeaders: readonly string[]): HttpRequest {
  const headers: Record<string, string> = {};
  for (const name of signedHeaders) headers[name] = headerValues(request, name).join(',');
  return new HttpRequest({ headers });
}

function queryBag(request: IncomingMessage): Record<string, string[]> {
  const query = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of queryPairs(request.url ?? '/')) {
    const values = query[name];
    if (values) values.push(value);
    else query[name] = [value];
  }
  return query;
}
