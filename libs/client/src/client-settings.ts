import { checkCredentials } from './check-credentials.ts';
import { ClientOptionsError } from './client-options-error.ts';
import type { ClientOptions } from './client-options.ts';
import { systemClock, type Clock } from './clock.ts';

/** Options with every default filled in. */
export interface ClientSettings {
  /** Ends without a slash. */
  readonly baseUrl: string;
  readonly auth: ClientOptions['auth'];
  readonly apiKey: string | undefined;
  readonly deadlineMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxInFlight: number;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Timers take no longer, ms: 2^31 − 1, some 24 days. */
const MAX_TIMER_MS = 2_147_483_647;

/** The gateway answers within 29 s, an HTTP API within 30 (F18): sooner would send again what is still under way. */
const DEFAULT_ATTEMPT_TIMEOUT_MS = 31_000;

/** One attempt that nobody answers, and time for another after it. */
const DEFAULT_DEADLINE_MS = 60_000;

/** A function that takes 20 ms then serves 1,600 requests/s: above most plans, and far below what a machine can open. */
const DEFAULT_MAX_IN_FLIGHT = 32;

/** @throws ClientOptionsError */
export function readSettings(options: ClientOptions): ClientSettings {
  // A program in JavaScript may give anything.
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new ClientOptionsError('options', `found ${String(given)}, want an object with a url`);
  }
  return {
    baseUrl: readUrl(options.url),
    auth: readAuth(options.auth),
    apiKey: readApiKey(options.apiKey),
    deadlineMs: readDurationMs('deadlineMs', options.deadlineMs, DEFAULT_DEADLINE_MS),
    attemptTimeoutMs: readDurationMs(
      'attemptTimeoutMs',
      options.attemptTimeoutMs,
      DEFAULT_ATTEMPT_TIMEOUT_MS,
    ),
    maxInFlight: readCount('maxInFlight', options.maxInFlight, DEFAULT_MAX_IN_FLIGHT),
    // A browser's fetch must be called as a method of its window.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/**
 * A duration that a timer can wait for, ms.
 * @throws ClientOptionsError
 */
export function readDurationMs(option: string, found: number | undefined, defaultMs: number): number {
  const valueMs = found ?? defaultMs;
  if (valueMs !== 0) return readLingerMs(option, valueMs);
  throw new ClientOptionsError(option, `found 0, want more than 0 and at most ${MAX_TIMER_MS} ms`);
}

/**
 * A duration that may also be none, ms.
 * @throws ClientOptionsError
 */
export function readLingerMs(option: string, foundMs: number): number {
  if (Number.isFinite(foundMs) && foundMs >= 0 && foundMs <= MAX_TIMER_MS) return foundMs;
  throw new ClientOptionsError(
    option,
    `found ${String(foundMs)}, want at least 0 and at most ${MAX_TIMER_MS} ms`,
  );
}

/** @throws ClientOptionsError */
export function readCount(option: string, found: number | undefined, defaultCount: number): number {
  const count = found ?? defaultCount;
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new ClientOptionsError(option, `found ${String(found)}, want a whole number from 1`);
}

function readUrl(text: string): string {
  const want = 'want the address of a stage, such as https://abc.execute-api.eu-west-1.amazonaws.com/prod';
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    // What is before an @ may be a password: messages are logged.
    throw new ClientOptionsError('url', `found ${String(text).replace(/^.*@/s, '…@')}, ${want}`);
  }
  if (url.search || url.hash || url.username || url.password) {
    throw new ClientOptionsError('url', `found a query, a fragment or a password, ${want}`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** `URL.canParse` is too young for the browsers that the package names. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function readAuth(auth: ClientOptions['auth']): ClientOptions['auth'] {
  if (!auth) return undefined;
  const given: { readonly [name: string]: unknown } = { ...auth.sigV4 };
  if (typeof given['region'] !== 'string' || !/^[a-z0-9-]+$/.test(given['region'])) {
    throw new ClientOptionsError('auth.sigV4.region', 'found no name of a Region, want such as eu-west-1');
  }
  if (typeof given['credentials'] !== 'function') readKeys(given['credentials']);
  if (!globalThis.crypto?.subtle) {
    const want = 'want Node, or a page served over https or by localhost';
    throw new ClientOptionsError('auth.sigV4', `found no crypto.subtle to sign with, ${want}`);
  }
  return auth;
}

function readKeys(credentials: unknown): void {
  try {
    checkCredentials(credentials);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const want = 'want accessKeyId and secretAccessKey, or a function that gives them';
    throw new ClientOptionsError('auth.sigV4.credentials', `${found}, ${want}`);
  }
}

function readApiKey(apiKey: string | undefined): string | undefined {
  // The key itself stays out of the message: messages are logged.
  if (apiKey === undefined || /^[\x21-\x7e]+$/.test(apiKey)) return apiKey;
  throw new ClientOptionsError(
    'apiKey',
    'found nothing, or a character that no header carries, want the key as AWS made it',
  );
}
