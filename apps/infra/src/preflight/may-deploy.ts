import type { Check } from './check.ts';

/**
 * Whether nothing speaks against a deployment.
 * @param allowUnknown lets pass what could not be read; a breach never passes
 */
export function mayDeploy(checks: readonly Check[], allowUnknown: boolean): boolean {
  return checks.every(({ verdict }) => verdict !== 'breach' && (allowUnknown || verdict !== 'unknown'));
}
