import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from './authorize-request.ts';
import { readPresentedSignature, type PresentedSignature } from './presented-signature.ts';
import { SignatureRecalculator } from './recalculate-signature.ts';
import { refusal, type Refused } from './refusal.ts';
import { headerNames } from './signed-parts.ts';
import type { SigningKeys } from './signing-key.ts';

/** A request whose signature is right. */
export interface Verified {
  readonly kind: 'verified';
  readonly caller: Caller;
}

/** How far the clocks of client and gateway may be apart. */
const CLOCK_SKEW_MS = 300_000;

const recalculator = new SignatureRecalculator();

/**
 * Verifies a request's Signature Version 4 for `execute-api`.
 * @param region that its scope must name
 * @param nowMs wall clock
 */
export async function verifySignature(
  request: IncomingMessage,
  body: Buffer | null,
  keys: SigningKeys,
  region: string,
  nowMs: number,
): Promise<Verified | Refused> {
  const presented = readPresentedSignature(request);
  if ('kind' in presented) return presented;
  const problem =
    problemOfHeaders(request, presented) ??
    problemOfScope(presented, region) ??
    problemOfTime(presented, nowMs);
  if (problem) return problem;
  const key = keys.get(presented.accessKey);
  if (!key || !isSame(key.sessionToken ?? '', presented.sessionToken ?? '')) {
    return refusal('unknown-access-key', 'The security token included in the request is invalid.');
  }
  const right = await recalculator.recalculate(request, body, presented, key.secretAccessKey);
  if (isSame(right.signature, presented.signature)) return { kind: 'verified', caller: key.caller };
  return refusal(
    'invalid-signature',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n' +
      `The Canonical String for this request should have been\n'${right.canonicalRequest}'\n\n` +
      `The String-to-Sign should have been\n'${right.stringToSign}'\n`,
  );
}

function problemOfHeaders(request: IncomingMessage, { signedHeaders }: PresentedSignature): Refused | null {
  const sent = headerNames(request);
  const signed = new Set(signedHeaders);
  for (const name of signed) {
    if (sent.has(name)) continue;
    const problem = `'${name}' is named as a SignedHeader, but it does not exist in the HTTP request.`;
    return refusal('incomplete-signature', problem);
  }
  if (!signed.has('host')) {
    const problem = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    return refusal('invalid-signature', problem);
  }
  for (const name of sent) {
    if (!name.startsWith('x-amz-') || signed.has(name)) continue;
    return refusal('invalid-signature', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  return null;
}

function problemOfScope({ scope, date }: PresentedSignature, expectedRegion: string): Refused | null {
  const [day, region, service, terminator] = scope;
  const problems = [
    region === expectedRegion ? '' : `Credential should be scoped to a valid region, not '${region}'. `,
    service === 'execute-api' ? '' : "Credential should be scoped to correct service: 'execute-api'. ",
    terminator === 'aws4_request'
      ? ''
      : `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    date.startsWith(day)
      ? ''
      : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'. `,
  ].join('');
  return problems === '' ? null : refusal('invalid-signature', problems);
}

function problemOfTime({ date, expiresSeconds }: PresentedSignature, nowMs: number): Refused | null {
  const signedAtMs = Date.parse(date.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
  if (Number.isNaN(signedAtMs)) return refusal('incomplete-signature', `Date '${date}' does not exist.`);
  if (signedAtMs > nowMs + CLOCK_SKEW_MS) {
    const latest = basicFormat(nowMs + CLOCK_SKEW_MS);
    return refusal(
      'signature-expired',
      `Signature not yet current: ${date} is still later than ${latest} (${basicFormat(nowMs)} + 5 min.)`,
    );
  }
  const validMs = expiresSeconds === null ? CLOCK_SKEW_MS : expiresSeconds * 1000;
  if (signedAtMs >= nowMs - validMs) return null;
  const span = expiresSeconds === null ? '5 min.' : `${expiresSeconds} sec.`;
  return refusal(
    'signature-expired',
    `Signature expired: ${date} is now earlier than ${basicFormat(nowMs - validMs)} (${basicFormat(nowMs)} - ${span})`,
  );
}

function basicFormat(wallMs: number): string {
  return new Date(wallMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** In a time that says nothing about where they differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
