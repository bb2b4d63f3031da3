import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { apiKeyOf } from './sign/api-key.ts';
import type { AuthOptions } from './sign/auth-options.ts';
import { iamSignature } from './sign/iam-signature.ts';
import { LiveCredentials, standardChain, type CredentialsProvider } from './sign/live-credentials.ts';
import { signingRegion } from './sign/signing-region.ts';
import { ScenarioError } from './step-options.ts';

/** How a target is talked to, beyond its address. */
export interface TargetAccess {
  /** Headers of a request with this body. */
  readonly headersOf: (body: string) => Readonly<Record<string, string>>;
  readonly tls: TargetTls;
}

/** Whom to believe that it is the target, in the words of Node's `tls.connect`. */
export interface TargetTls {
  /** PEM; trusted instead of the public authorities. */
  readonly ca?: string;
  readonly rejectUnauthorized?: boolean;
}

/** What a scenario asks of it. `directory`: where relative paths start. */
export interface AccessOptions {
  readonly target: URL;
  readonly auth: AuthOptions | undefined;
  readonly apiKey: unknown;
  readonly ca: string | undefined;
  readonly rejectUnauthorized: boolean;
  readonly directory: string;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Entries as JSON to whoever takes them. */
export const OPEN_ACCESS: TargetAccess = { headersOf: () => JSON_HEADERS, tls: {} };

/**
 * Gathers what requests need: the key, credentials, the certificate. Close it after the last request.
 * @param variable reads the environment
 * @param chain finds the credentials of a profile
 * @throws AuthError, ScenarioError before anything is sent
 */
export async function openAccess(
  options: AccessOptions,
  variable: (name: string) => string | undefined,
  chain: (profile: string | undefined) => Promise<CredentialsProvider> = standardChain,
): Promise<TargetAccess & { close(): void }> {
  const { target, auth } = options;
  const apiKey = apiKeyOf(options.apiKey, variable);
  const headers = apiKey === undefined ? JSON_HEADERS : { ...JSON_HEADERS, 'x-api-key': apiKey };
  const tls = await readTls(options);
  if (auth === undefined) return { headersOf: () => headers, tls, close: () => undefined };

  const region = signingRegion(auth.region, target, variable);
  const credentials = await LiveCredentials.open(await chain(auth.profile));
  const plan = { target, region, service: auth.service, headers };
  return {
    headersOf: iamSignature(plan, () => credentials.current),
    tls,
    close: () => credentials.close(),
  };
}

async function readTls({ ca, rejectUnauthorized, directory }: AccessOptions): Promise<TargetTls> {
  const strictness = rejectUnauthorized ? {} : { rejectUnauthorized };
  if (ca === undefined) return strictness;
  const file = path.resolve(directory, ca);
  const pem = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => cause.code ?? cause.name);
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return { ...strictness, ca: pem };
  const found = /^[A-Z]+$/.test(pem) ? `can't be read (${pem})` : 'no certificate in it';
  throw new ScenarioError('config.engines.spillway.ca', [
    `${file}: ${found}, want a PEM file; a relative path starts at the scenario's directory`,
  ]);
}
