import type { IncomingMessage } from 'node:http';
import { refusal, type Refused } from './refusal.ts';
import { headerValues, queryPairs } from './signed-parts.ts';

/** What a request says about its signature, in the `Authorization` header or in its query. */
export interface PresentedSignature {
  readonly place: 'header' | 'query';
  readonly accessKey: string;
  /** `YYYYMMDD`, Region, service, terminator. */
  readonly scope: readonly [date: string, region: string, service: string, terminator: string];
  /** In lower case, in the order of the request. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  /** Of presigned requests; null elsewhere. */
  readonly expiresSeconds: number | null;
  readonly sessionToken: string | null;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_PRESIGNED_SECONDS = 604_800;

/** Reads it; refused where it is missing or not whole. The sentences are those that API Gateway's clients report. */
export function readPresentedSignature(request: IncomingMessage): PresentedSignature | Refused {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return fromHeader(request, authorization.trim());
  const query = new Map(queryPairs(request.url ?? '/'));
  return query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')
    ? fromQuery(query)
    : refusal('missing-authentication-token', 'Missing Authentication Token');
}

function fromHeader(request: IncomingMessage, authorization: string): PresentedSignature | Refused {
  const space = authorization.search(/\s/);
  const parameters = new Map<string, string>();
  for (const part of space < 0 ? [] : authorization.slice(space).split(',')) {
    const pair = part.trim();
    const equals = pair.indexOf('=');
    if (equals < 0) {
      const problem = `'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header`;
      return refusal('incomplete-signature', `${problem}: '${authorization}'.`);
    }
    parameters.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  const date = headerValues(request, 'x-amz-date')[0] ?? headerValues(request, 'date')[0];
  const problems = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parameters.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) {
    problems.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (problems.length > 0 || date === undefined) {
    return refusal('incomplete-signature', `${problems.join(' ')} Authorization=${authorization}`);
  }
  return assemble({
    place: 'header',
    algorithm: authorization.slice(0, space),
    credential: parameters.get('Credential') ?? '',
    signedHeaders: parameters.get('SignedHeaders') ?? '',
    signature: parameters.get('Signature') ?? '',
    date,
    expiresSeconds: null,
    sessionToken: headerValues(request, 'x-amz-security-token')[0] ?? null,
  });
}

function fromQuery(query: ReadonlyMap<string, string>): PresentedSignature | Refused {
  const problems = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date']
    .map((name) => `X-Amz-${name}`)
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (problems.length > 0) {
    return refusal('incomplete-signature', `${problems.join(' ')} Re-examine the query-string parameters.`);
  }
  const expires = query.get('X-Amz-Expires') ?? null;
  const expiresSeconds = expires === null ? null : Number(expires);
  if (expiresSeconds !== null && !(expiresSeconds > 0 && expiresSeconds <= LONGEST_PRESIGNED_SECONDS)) {
    return refusal('incomplete-signature', `X-Amz-Expires must be a number of seconds within a week.`);
  }
  return assemble({
    place: 'query',
    algorithm: query.get('X-Amz-Algorithm') ?? '',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    expiresSeconds,
    sessionToken: query.get('X-Amz-Security-Token') ?? null,
  });
}

function assemble(
  parts: Pick<PresentedSignature, 'place' | 'signature' | 'date' | 'expiresSeconds' | 'sessionToken'> & {
    readonly algorithm: string;
    readonly credential: string;
    readonly signedHeaders: string;
  },
): PresentedSignature | Refused {
  const { algorithm, credential, signedHeaders, ...rest } = parts;
  if (algorithm !== ALGORITHM) {
    return refusal('incomplete-signature', `Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  if (!/^\d{8}T\d{6}Z$/.test(rest.date)) {
    return refusal(
      'incomplete-signature',
      `Date must be in ISO-8601 'basic format'. Got '${rest.date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const [accessKey, date, region, service, terminator, surplus] = credential.split('/');
  if (!accessKey || !date || !region || !service || !terminator || surplus !== undefined) {
    return refusal(
      'incomplete-signature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'.`,
    );
  }
  return {
    ...rest,
    accessKey,
    scope: [date, region, service, terminator],
    signedHeaders: signedHeaders.toLowerCase().split(';'),
  };
}
