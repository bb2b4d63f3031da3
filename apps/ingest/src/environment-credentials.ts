import { fromEnv } from '@aws-sdk/credential-provider-env';

type Provider = ReturnType<typeof fromEnv>;

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundle (`alias` in project.json). Lambda hands a
 * function its credentials in environment variables, which stay as they are for as long as the execution environment
 * lives; only with SnapStart, which this function has no use for, they come from elsewhere. The SDK's own chain tries
 * the variables first, and carries files, SSO, STS and metadata services along: a third of the bundle, and a fifth of
 * the time it takes to start.
 */
export function defaultProvider(): Provider {
  let credentials: ReturnType<Provider> | undefined;
  // The SDK asks before each request, and leaves remembering to its chain. What went wrong is not remembered.
  return () =>
    (credentials ??= fromEnv()().catch((error: unknown) => {
      credentials = undefined;
      throw error;
    }));
}
