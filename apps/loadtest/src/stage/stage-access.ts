import type { AuthOptions } from '../generator/sign/auth-options.ts';
import { openAccess } from '../generator/target-access.ts';
import { StageAccessError, StageSilentError, type Refusal } from './stage-access-error.ts';
import type { StageSigner } from './stage-signer.ts';

/** How the stage lets requests in. */
export interface StageAccess {
  /** Options of the engine. No secret is among them: they are in its command line. */
  readonly options: {
    readonly auth?: Pick<AuthOptions, 'kind' | 'region' | 'service'>;
    /** Where the key is; it goes along wherever one is given. */
    readonly apiKey?: { readonly env: string };
  };
  /** Environment that a generator on this machine needs for it. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Whom to ask, and what there is to answer with. */
export interface AccessQuestion {
  /** Where entries are posted. */
  readonly baseUrl: string;
  readonly region: string;
  readonly signer: StageSigner;
  /** Name of the environment variable that holds the API key. */
  readonly apiKeyEnv: string | undefined;
  readonly variable: (name: string) => string | undefined;
}

/** An entry without its fields: the API refuses it itself (400) and stores nothing. */
const PROBE = '{}';
/** Longer than any gateway waits for its function (F18), ms. */
const ANSWER_WITHIN_MS = 35_000;

/**
 * Asks the stage itself, by sending an entry that none stores: unsigned, and signed where that is what it wants. Its
 * answer holds for REST and HTTP APIs, custom domains and resource policies alike, and takes no right to read the API.
 * @throws StageAccessError when it lets no such request in
 * @throws AuthError when it asks for credentials or a key that there are none of
 * @throws StageSilentError when it doesn't answer
 */
export async function findStageAccess(question: AccessQuestion): Promise<StageAccess> {
  const { apiKeyEnv, region, signer } = question;
  const key = apiKeyEnv === undefined ? {} : { apiKey: { env: apiKeyEnv } };
  const unsigned = await refusalOf(question, key);
  if (unsigned === null) return { options: key, variables: {} };
  if (!wantsSignature(unsigned)) throw refused(question, unsigned, 'an unsigned request');

  const options = { ...key, auth: { kind: 'iam', region, service: 'execute-api' } } as const;
  const signed = await refusalOf(question, options);
  if (signed === null) return { options, variables: signer.variables };
  throw refused(question, signed, 'a signed request');
}

/** In a few words, for whoever runs the test; null where the stage asks for nothing. */
export function describeAccess({ options: { auth, apiKey } }: StageAccess): string | null {
  const parts = [
    ...(auth ? [`signed for ${auth.region}`] : []),
    ...(apiKey ? [`with the key in ${apiKey.env}`] : []),
  ];
  return parts.length > 0 ? `requests go out ${parts.join(', ')}` : null;
}

/** REST APIs name an exception (F13); HTTP APIs name none. */
function wantsSignature({ status, errorType }: Refusal): boolean {
  return status === 403 && (errorType === 'MissingAuthenticationTokenException' || errorType === '');
}

async function refusalOf(question: AccessQuestion, options: StageAccess['options']): Promise<Refusal | null> {
  const { baseUrl, variable, signer } = question;
  const target = new URL(baseUrl);
  const { auth, apiKey } = options;
  const asked = { target, auth, apiKey, ca: undefined, rejectUnauthorized: true, directory: '.' } as const;
  const access = await openAccess(asked, variable, () => signer.credentials());
  const headers = access.headersOf(PROBE);
  access.close();
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answered = await fetch(target, { method: 'POST', headers, body: PROBE, redirect: 'manual', signal })
    .then(async (response) => ({ response, text: await response.text() }))
    .catch((cause: unknown) => {
      throw new StageSilentError(baseUrl, cause);
    });
  const { status } = answered.response;
  if (status !== 401 && status !== 403) return null;
  const errorType = answered.response.headers.get('x-amzn-errortype')?.split(':')[0] ?? '';
  return { status, errorType, body: answered.text.slice(0, 200) };
}

function refused({ baseUrl, apiKeyEnv }: AccessQuestion, refusal: Refusal, how: string): StageAccessError {
  const sent = `${how}${apiKeyEnv === undefined ? '' : ` with the key in ${apiKeyEnv}`}`;
  return new StageAccessError(baseUrl, sent, refusal, apiKeyEnv !== undefined);
}
