import type { Answer } from './answer.ts';
import { openScope, untilAborted } from './call-scope.ts';
import type { ClientSettings } from './client-settings.ts';
import { parseRetryAfterMs } from './retry-wait.ts';
import { createSigner } from './sign-request.ts';

/** Sends one request and reads its answer; never throws, and never outlives its attempt or its call. */
export type PostRequest = (path: '/' | '/batch', body: string, call: AbortSignal) => Promise<Answer>;

export function createPostRequest(settings: ClientSettings): PostRequest {
  const { baseUrl, apiKey, auth, clock, attemptTimeoutMs } = settings;
  const sign = auth && createSigner(auth.sigV4);
  const plainHeaders = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
  };

  /** The provider of credentials is the caller's: what it throws is a value from here on. */
  const prepare = async (
    url: string,
    body: string,
  ): Promise<{ headers: HeadersInit } | { message: string }> => {
    if (!sign) return { headers: plainHeaders };
    try {
      return { headers: await sign(url, plainHeaders, body, clock.dateMs()) };
    } catch (error) {
      return { message: `not signed: ${describeError(error)}` };
    }
  };

  const send = async (
    url: string,
    headers: HeadersInit,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer> => {
    try {
      // A redirect would carry the key to another address.
      const init = {
        method: 'POST',
        headers,
        body,
        signal,
        redirect: 'manual',
        credentials: 'omit',
      } as const;
      const response = await settings.fetch(url, init);
      return {
        kind: 'answered',
        status: response.status,
        body: parseJson(await response.text()),
        errorType: response.headers.get('x-amzn-errortype'),
        retryAfterMs: parseRetryAfterMs(response.headers.get('retry-after'), clock.dateMs()),
      };
    } catch (error) {
      return { kind: 'unanswered', message: `no answer: ${describeError(error)}` };
    }
  };

  return async (path, body, call) => {
    const url = `${baseUrl}${path}`;
    const attempt = openScope(clock, attemptTimeoutMs, call);
    try {
      const signed = await untilAborted(prepare(url, body), attempt.signal);
      if (signed !== null && 'message' in signed) return { kind: 'unsigned', message: signed.message };
      const answer =
        signed && (await untilAborted(send(url, signed.headers, body, attempt.signal), attempt.signal));
      if (answer?.kind === 'answered') return answer;
      if (call.aborted) return { kind: 'ended' };
      if (answer && attempt.endedBy() === null) return answer;
      return { kind: 'unanswered', message: `no answer within ${attemptTimeoutMs} ms` };
    } finally {
      attempt.close();
    }
  };
}

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
