import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { sign } from 'aws4';
import { receivedRequest, type SentRequest } from './__fixtures__/received-request.ts';
import { signingKeyOf } from './signing-key.ts';
import { verifySignature } from './verify-signature.ts';

const REGION = 'eu-central-1';
const USER = { accessKeyId: 'AKIAUSER', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const ROLE = { accessKeyId: 'ASIAROLE', secretAccessKey: 'secret', sessionToken: 'to/ken+==' };
const keys = new Map(
  [
    { ...USER, name: 'user', sessionToken: null },
    { ...ROLE, name: 'role' },
  ].map((profile) => [profile.accessKeyId, signingKeyOf({ ...profile, accountId: '000000000000' })]),
);

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly signQuery?: boolean;
  readonly region?: string;
  readonly service?: string;
}

function signed(asked: Asked = {}, credentials: Parameters<typeof sign>[1] = USER): SentRequest {
  const { method = 'POST', path = '/prod/entries', headers = {}, ...rest } = asked;
  const host = '127.0.0.1:4000';
  return sign(
    { service: 'execute-api', region: REGION, method, host, path, headers: { ...headers }, ...rest },
    credentials,
  );
}

const verify = (
  sent: SentRequest,
  body: string | Buffer | null = null,
  nowMs = Date.now(),
): ReturnType<typeof verifySignature> =>
  verifySignature(receivedRequest(sent), body === null ? null : Buffer.from(body), keys, REGION, nowMs);

const without = (sent: SentRequest, name: string): SentRequest => ({
  ...sent,
  headers: Object.fromEntries(Object.entries(sent.headers).filter(([n]) => n.toLowerCase() !== name)),
});

const edited = (sent: SentRequest, pattern: RegExp | string, by: string): SentRequest => ({
  ...sent,
  path: sent.path.replace(pattern, by),
  headers: Object.fromEntries(Object.entries(sent.headers).map(([n, v]) => [n, v.replace(pattern, by)])),
});

const BINARY = Buffer.from([0, 255, 128, 10]);

describe('verifySignature', () => {
  it.each<[why: string, Asked]>([
    ['no body', { method: 'GET' }],
    ['a text body', { body: '{"id":"grüezi"}', headers: { 'Content-Type': 'application/json' } }],
    ['a binary body', { body: BINARY }],
    ['the root', { method: 'GET', path: '/' }],
    ['a path that is encoded twice when signed', { path: '/prod/a%20b/%C3%BC(1)' }],
    ['a slash within a segment', { path: '/prod/files/a%2Fb' }],
    ['a query out of order, repeated, without values', { path: '/prod?b=2&a=1&b=1&c&d=' }],
    ['a query with encoded blanks and pluses', { path: '/prod?name=a%20b%2Bc' }],
    ['blanks within a header', { headers: { 'X-Amz-Meta': '  a   b ' } }],
    ['a signature in the query', { signQuery: true, path: '/prod/entries?x=1' }],
  ])("accepts another library's signature over %s", async (_why, asked) => {
    const outcome = await verify(signed(asked), asked.body);
    expect(outcome).toMatchObject({
      kind: 'verified',
      caller: {
        accessKey: 'AKIAUSER',
        accountId: '000000000000',
        userArn: 'arn:aws:iam::000000000000:user/user',
      },
    });
  });

  it.each([false, true])('accepts a session token, in the query: %s', async (signQuery) => {
    expect(await verify(signed({ signQuery }, ROLE))).toMatchObject({ kind: 'verified' });
  });

  it.each<[why: string, SentRequest, body: string | Buffer | null]>([
    ['another body', signed({ body: 'sent' }), 'changed'],
    ['a body where none was signed', signed({ method: 'GET' }), 'added'],
    ['another path', edited(signed(), '/entries', '/others'), null],
    ['another query', edited(signed({ path: '/prod?a=1' }), 'a=1', 'a=2'), null],
    ['another method', { ...signed(), method: 'PUT' }, null],
    ['another signed header', edited(signed({ headers: { 'X-Amz-Meta': 'one' } }), /^one$/, 'two'), null],
    ['another secret', signed({}, { ...USER, secretAccessKey: 'guessed' }), null],
    [
      'an unsigned payload, which only S3 takes',
      signed({ headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }, body: 'any' }),
      'any',
    ],
    ['a cut signature', edited(signed(), /(Signature=.{63})./, '$1'), null],
  ])('refuses %s', async (_why, sent, body) => {
    const outcome = await verify(sent, body);
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'invalid-signature' });
    expect(outcome).toHaveProperty(
      'message',
      expect.stringMatching(
        /^The request signature we calculated does not match the signature you provided\./,
      ),
    );
  });

  it('tells what should have been signed', async () => {
    const outcome = await verify(edited(signed({ method: 'GET' }), '/entries', '/o%20t'));
    expect(outcome).toHaveProperty(
      'message',
      expect.stringContaining("should have been\n'GET\n/prod/o%2520t\n\nhost:127.0.0.1:4000\n"),
    );
  });

  it.each<[why: string, SentRequest, reason: string, message: string | RegExp]>([
    [
      'no signature',
      { method: 'GET', path: '/prod', headers: {} },
      'missing-authentication-token',
      'Missing Authentication Token',
    ],
    [
      'a token of another kind',
      { method: 'GET', path: '/', headers: { Authorization: 'Bearer abc' } },
      'incomplete-signature',
      "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
    ],
    [
      'a bare token',
      { method: 'GET', path: '/', headers: { Authorization: 'abc' } },
      'incomplete-signature',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=abc",
    ],
    [
      'no date',
      without(signed(), 'x-amz-date'),
      'incomplete-signature',
      /^Authorization header requires existence of either a 'X-Amz-Date'/,
    ],
    [
      'another algorithm',
      edited(signed(), 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'),
      'incomplete-signature',
      /algorithm/,
    ],
    [
      'a scope of four parts',
      edited(signed(), '/aws4_request', ''),
      'incomplete-signature',
      /^Credential must have exactly 5/,
    ],
    [
      'a signed header that is missing',
      without(signed({ headers: { 'X-Amz-Meta': 'a' } }), 'x-amz-meta'),
      'incomplete-signature',
      "'x-amz-meta' is named as a SignedHeader, but it does not exist in the HTTP request.",
    ],
    [
      'the host unsigned',
      edited(signed(), 'host;', ''),
      'invalid-signature',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      'an x-amz header unsigned',
      { ...signed(), headers: { ...signed().headers, 'X-Amz-Extra': '1' } },
      'invalid-signature',
      /^'x-amz-extra' must be a 'SignedHeader'/,
    ],
    [
      'another Region',
      signed({ region: 'us-west-2' }),
      'invalid-signature',
      "Credential should be scoped to a valid region, not 'us-west-2'. ",
    ],
    [
      'another service',
      signed({ service: 's3' }),
      'invalid-signature',
      "Credential should be scoped to correct service: 'execute-api'. ",
    ],
    [
      'a scope of another day',
      edited(signed(), /\/\d{8}\//, '/20000101/'),
      'invalid-signature',
      /^Date in Credential scope does not match YYYYMMDD/,
    ],
    [
      'an unknown key',
      signed({}, { ...USER, accessKeyId: 'AKIANOBODY' }),
      'unknown-access-key',
      'The security token included in the request is invalid.',
    ],
    [
      'a missing session token',
      signed({}, { ...ROLE, sessionToken: undefined as never }),
      'unknown-access-key',
      'The security token included in the request is invalid.',
    ],
    [
      'another session token',
      signed({}, { ...ROLE, sessionToken: 'other' }),
      'unknown-access-key',
      'The security token included in the request is invalid.',
    ],
    [
      'an expiry beyond a week',
      signed({ signQuery: true, path: '/?X-Amz-Expires=604801' }),
      'incomplete-signature',
      /X-Amz-Expires/,
    ],
    [
      'a query without its date',
      edited(signed({ signQuery: true }), /X-Amz-Date=[^&]*&/, ''),
      'incomplete-signature',
      /must include 'X-Amz-Date'/,
    ],
  ])('refuses %s', async (_why, sent, reason, message) => {
    const expected = typeof message === 'string' ? message : (expect.stringMatching(message) as string);
    expect(await verify(sent)).toEqual({ kind: 'refused', reason, message: expected });
  });

  const NOON_MS = Date.UTC(2026, 10, 23, 12);
  const atNoon = (asked: Asked = {}): SentRequest =>
    signed({ ...asked, headers: { 'X-Amz-Date': '20261123T120000Z' } });
  const presigned = signed({ signQuery: true, path: '/prod?X-Amz-Date=20261123T120000Z&X-Amz-Expires=60' });

  it.each<[why: string, SentRequest, afterMs: number, outcome: object]>([
    ['5 minutes late', atNoon(), 300_000, { kind: 'verified' }],
    [
      'a second more',
      atNoon(),
      301_000,
      {
        reason: 'signature-expired',
        message:
          'Signature expired: 20261123T120000Z is now earlier than 20261123T120001Z (20261123T120501Z - 5 min.)',
      },
    ],
    ['5 minutes early', atNoon(), -300_000, { kind: 'verified' }],
    [
      'a second before',
      atNoon(),
      -301_000,
      {
        reason: 'signature-expired',
        message:
          'Signature not yet current: 20261123T120000Z is still later than 20261123T115959Z (20261123T115459Z + 5 min.)',
      },
    ],
    ['at the end of its X-Amz-Expires', presigned, 60_000, { kind: 'verified' }],
    ['a second after it', presigned, 61_000, { reason: 'signature-expired' }],
  ])('bounds the time: %s', async (_why, sent, afterMs, outcome) => {
    expect(await verify(sent, null, NOON_MS + afterMs)).toMatchObject(outcome);
  });

  it.each([true, false])("accepts the SDK's own signer, checksum header: %s", async (applyChecksum) => {
    const signer = new SignatureV4({
      service: 'execute-api',
      region: REGION,
      credentials: USER,
      sha256: Sha256,
      applyChecksum,
    });
    const asked = new HttpRequest({
      method: 'PUT',
      path: '/prod/a b/ü',
      query: { list: ['b', 'a'], q: 'x y' },
      headers: { host: 'h', 'content-type': 'text/plain' },
      body: 'body',
    });
    const { headers } = await signer.sign(asked);
    const sent = { method: 'PUT', path: '/prod/a b/ü?list=b&list=a&q=x%20y', headers };
    expect(await verify(sent, 'body')).toMatchObject({ kind: 'verified' });
    expect(await verify(sent, 'other')).toMatchObject({ kind: 'refused', reason: 'invalid-signature' });
  });
});
