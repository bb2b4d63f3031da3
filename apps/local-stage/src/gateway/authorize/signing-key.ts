import { createHash } from 'node:crypto';
import type { Caller } from './authorize-request.ts';

/** A key that requests may be signed with, and who signs with it. */
export interface SigningKey {
  readonly secretAccessKey: string;
  /** Null for keys of a user, which come without one. */
  readonly sessionToken: string | null;
  readonly caller: Caller;
}

/** Access key → the key. */
export type SigningKeys = ReadonlyMap<string, SigningKey>;

/** What a profile of a credentials file says. */
export interface SigningKeyProfile {
  /** Becomes the user's name. */
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  readonly accountId: string;
  /** That the stage's Region is in. @default aws */
  readonly partition?: string;
}

/** The key of a profile; its user is made up, as no IAM stands behind the local stage. */
export function signingKeyOf(profile: SigningKeyProfile): SigningKey {
  const { name, accessKeyId, accountId, partition = 'aws' } = profile;
  return {
    secretAccessKey: profile.secretAccessKey,
    sessionToken: profile.sessionToken,
    caller: {
      accessKey: accessKeyId,
      accountId,
      userArn: `arn:${partition}:iam::${accountId}:user/${name}`,
      userId: `AIDA${createHash('sha256').update(accessKeyId).digest('hex').slice(0, 17).toUpperCase()}`,
    },
  };
}

/** `local` / `local`: what the functions and the examples of the AWS endpoint use. */
export function defaultSigningKeys(accountId: string, partition = 'aws'): SigningKeys {
  const profile = { name: 'local', accessKeyId: 'local', secretAccessKey: 'local', sessionToken: null };
  return new Map([['local', signingKeyOf({ ...profile, accountId, partition })]]);
}
