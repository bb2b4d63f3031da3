import { access, constants } from 'node:fs/promises';
import { loadSharedConfigFiles } from '@smithy/core/config';
import * as z from 'zod';
import { defaultSigningKeys, signingKeyOf, type SigningKey, type SigningKeys } from './signing-key.ts';

/** A credentials file that can't be used; the message says found, wanted, next. */
export class CredentialsFileError extends Error {
  readonly code = 'CREDENTIALS_FILE_UNUSABLE';
  readonly credentialsFile: string;

  constructor(credentialsFile: string, problem: string, cause?: unknown) {
    super(`${credentialsFile}: ${problem}`, { cause });
    this.name = 'CredentialsFileError';
    this.credentialsFile = credentialsFile;
  }
}

const profileSchema = z.looseObject({
  aws_access_key_id: z.string().min(1),
  aws_secret_access_key: z.string().min(1),
  aws_session_token: z.string().min(1).optional(),
  aws_account_id: z
    .string()
    .regex(/^\d{12}$/, 'want 12 digits')
    .optional(),
});

/**
 * The keys of a file in the format of `~/.aws/credentials`, and the default key beside them.
 * Profiles that hold no key of their own, such as roles to assume, are passed over.
 * @param accountId of keys without an `aws_account_id`
 * @param partition that the stage's Region is in
 * @throws CredentialsFileError
 */
export async function readCredentialsFile(
  credentialsFile: string,
  accountId: string,
  partition = 'aws',
): Promise<SigningKeys> {
  // The loader takes a file that can't be read for an empty one.
  await access(credentialsFile, constants.R_OK).catch((cause: unknown) => {
    throw new CredentialsFileError(
      credentialsFile,
      "can't be read; choose another with --credentials",
      cause,
    );
  });
  const { credentialsFile: profiles } = await loadSharedConfigFiles({
    filepath: credentialsFile,
    configFilepath: credentialsFile,
    ignoreCache: true,
  });
  const keys = new Map<string, SigningKey>(defaultSigningKeys(accountId, partition));
  const found = Object.entries(profiles).filter(([, profile]) => 'aws_access_key_id' in profile);
  if (found.length === 0) {
    throw new CredentialsFileError(
      credentialsFile,
      'no profile with an aws_access_key_id in it; write it like ~/.aws/credentials',
    );
  }
  for (const [name, profile] of found) {
    const parsed = profileSchema.safeParse(profile);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = [`[${name}]`, ...(issue?.path ?? [])].join(' ');
      throw new CredentialsFileError(credentialsFile, `${where}: ${issue?.message}`, parsed.error);
    }
    const key = signingKeyOf({
      name,
      accessKeyId: parsed.data.aws_access_key_id,
      secretAccessKey: parsed.data.aws_secret_access_key,
      sessionToken: parsed.data.aws_session_token ?? null,
      accountId: parsed.data.aws_account_id ?? accountId,
      partition,
    });
    keys.set(key.caller.accessKey, key);
  }
  return keys;
}
