import { AuthError } from './auth-error.ts';

/** Keys that sign, for as long as they are valid. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives credentials, and others before they expire; waits for nothing while the last ones are still good. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

/** The standard chain renews what has less than 5 minutes left, in the background, when asked. */
const ASK_EVERY_MS = 20_000;

/**
 * Credentials that are at hand whenever a request is due. They are renewed beside the load, so that no arrival waits
 * for it. Where that fails, the last ones sign on until the service refuses them: that is then what the run shows.
 */
export class LiveCredentials {
  readonly #timer: NodeJS.Timeout;
  #current: AwsCredentials;

  private constructor(first: AwsCredentials, provider: CredentialsProvider, askEveryMs: number) {
    this.#current = first;
    const renew = async () => void (this.#current = await provider());
    this.#timer = setInterval(() => void renew().catch(() => undefined), askEveryMs);
    this.#timer.unref();
  }

  /** @throws AuthError when there are none, or none that are valid */
  static async open(provider: CredentialsProvider, askEveryMs = ASK_EVERY_MS): Promise<LiveCredentials> {
    const first = await provider().catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AuthError(
        `AWS credentials: found none (${reason}), want some that may invoke the API; ` +
          'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        { cause },
      );
    });
    if (first.expiration !== undefined && first.expiration.getTime() <= Date.now()) {
      throw new AuthError(
        `AWS credentials: found some that expired at ${first.expiration.toISOString()}, want valid ones; log in again`,
      );
    }
    return new LiveCredentials(first, provider, askEveryMs);
  }

  get current(): AwsCredentials {
    return this.#current;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** The standard chain of the AWS SDKs. Loaded only where it is asked for: most targets want no signature. */
export async function standardChain(profile: string | undefined): Promise<CredentialsProvider> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider(profile === undefined ? {} : { profile });
}
