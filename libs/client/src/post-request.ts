import type { Answer } from './answer.ts';
import { openScope, untilAborted, type CallScope } from './call-scope.ts';
import type { ClientSettings } from './client-settings.ts';
import { parseRetryAfterMs } from './retry-wait.ts';
import { createSigner, type SignedRequest } from './sign-request.ts';

/** Sends one request and reads its answer; never throws, and never outlives its attempt or its call. */
export type PostRequest = (path: '/' | '/batch', body: string, call: CallScope) => Promise<Answer>;

export function createPostRequest(settings: ClientSettings): PostRequest {
  const { baseUrl, apiKey, auth, clock, attemptTimeoutMs } = settings;
  const sign = auth && createSigner(auth.sigV4, clock);
  const plainHeaders = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
  };

  /** The provider of credentials is the caller's: what it throws is a value from here on. */
  const prepare = async (url: string, body: string): Promise<Prepared> => {
    if (!sign) return { headers: plainHeaders };
    try {
      return await sign(url, plainHeaders, body);
    } catch (error) {
      return { message: `not signed: ${describeError(error)}` };
    }
  };

  const send = async (url: string, init: RequestInit): Promise<Sent> => {
    try {
      // A redirect would carry the key to another address.
      const fixed = { method: 'POST', redirect: 'manual', credentials: 'omit' } as const;
      const response = await settings.fetch(url, { ...fixed, ...init });
      const answer = {
        kind: 'answered',
        status: response.status,
        body: parseJson(await response.text()),
        errorType: response.headers.get('x-amzn-errortype'),
        retryAfterMs: parseRetryAfterMs(response.headers.get('retry-after'), clock.dateMs()),
      } as const;
      return { answer, date: response.headers.get('date') };
    } catch (error) {
      return { answer: { kind: 'unanswered', message: `no answer: ${describeError(error)}` }, date: null };
    }
  };

  return async (path, body, call) => {
    const url = `${baseUrl}${path}`;
    const attempt = openScope(clock, attemptTimeoutMs, call.signal);
    try {
      const signed = await untilAborted(prepare(url, body), attempt.signal);
      if (signed === null && call.signal.aborted) return { kind: 'ended', isSent: false };
      if (signed === null) {
        return { kind: 'unsigned', message: `not signed: no credentials within ${attemptTimeoutMs} ms` };
      }
      if ('message' in signed) return { kind: 'unsigned', message: signed.message };
      const { headers, isStale } = signed;
      const { signal } = attempt;
      const sent = await untilAborted(send(url, { headers, body, signal }), signal);
      if (sent?.answer.kind === 'answered') {
        if (sent.answer.status !== 403 || !isStale) return sent.answer;
        // A provider that fails now fails at the next attempt, too, if there is one.
        const isSignatureStale = await untilAborted(
          isStale(sent.date).catch(() => false),
          signal,
        );
        return { ...sent.answer, isSignatureStale: isSignatureStale === true };
      }
      if (call.signal.aborted) return { kind: 'ended', isSent: true };
      if (sent && attempt.endedBy() === null) return sent.answer;
      return { kind: 'unanswered', message: `no answer within ${attemptTimeoutMs} ms` };
    } finally {
      attempt.close();
    }
  };
}

interface Sent {
  readonly answer: Extract<Answer, { kind: 'answered' | 'unanswered' }>;
  readonly date: string | null;
}

/** What a request is sent with, or why it can't be. */
type Prepared =
  | { readonly headers: HeadersInit; readonly isStale?: SignedRequest['isStale'] }
  | { readonly message: string };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Node's fetch says "fetch failed", and in the cause what failed. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
