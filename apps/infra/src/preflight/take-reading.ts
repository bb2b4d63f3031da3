import type { Reading } from './account-readings.ts';

/** What to do about a question that was not answered, by the name or code of the error; the first that matches. */
const NEXTS: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|Unauthorized|NotAuthorized/, "allow the caller's role what the message names"],
  [
    /Throttl|TooManyRequests|LimitExceeded|Timeout|ECONN|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EPIPE/i,
    'run this again in a minute: the network or AWS was busy',
  ],
];
const LOOK = 'look it up in the console; --allow-unknown goes on without it';

/** Asks one question: refused, it must not cost the answers to the others. */
export async function takeReading<Value>(read: () => Promise<Value>): Promise<Reading<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    const { name, message, code } = describe(error);
    return {
      ok: false,
      reason: `not readable (${name}: ${message.replaceAll(/\s+/g, ' ').trim()})`,
      next: NEXTS.find(([pattern]) => pattern.test(`${name} ${code}`))?.[1] ?? LOOK,
    };
  }
}

function describe(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '' };
  const code = 'code' in error ? String(error.code) : '';
  return { name: error.name, message: error.message, code };
}
