import { AuthError } from './auth-error.ts';

/** Hosts of API Gateway and of function URLs hold their Region, VPC endpoints' too. */
const HOST_REGION = /\.(?:execute-api|lambda-url)\.([a-z]{2}(?:-[a-z]+)+-\d+)\./;

/**
 * The Region a signature is made for: as asked, else the target's own, else the environment's.
 * @throws AuthError when none of them tells
 */
export function signingRegion(
  asked: string | undefined,
  target: URL,
  variable: (name: string) => string | undefined,
): string {
  const region =
    asked ??
    HOST_REGION.exec(`.${target.hostname}`)?.[1] ??
    variable('AWS_REGION') ??
    variable('AWS_DEFAULT_REGION');
  if (region !== undefined) return region;
  throw new AuthError(
    `Region to sign for: found none in ${target.host} nor in AWS_REGION, want one such as eu-central-1; ` +
      'set AWS_REGION or config.engines.spillway.auth.region',
  );
}
