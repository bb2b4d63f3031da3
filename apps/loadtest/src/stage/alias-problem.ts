import type { FunctionConfiguration, GetAliasCommandOutput } from '@aws-sdk/client-lambda';
import { isDeepStrictEqual } from 'node:util';

export const LATEST = '$LATEST';

/** Alias, as Lambda tells of it. */
export type FoundAlias = Pick<GetAliasCommandOutput, 'FunctionVersion' | 'RevisionId' | 'RoutingConfig'>;

/** What a version runs beside its memory and timeout, which a run sets itself. */
const COMPARED = ['Environment', 'Runtime', 'Handler', 'Layers', 'VpcConfig'] as const;

/** Whether all requests run this version. */
export function isOn({ FunctionVersion, RoutingConfig }: FoundAlias, version: string): boolean {
  return (
    FunctionVersion === version && Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length === 0
  );
}

/**
 * Why a load test can't take the alias from where it is: found, wanted, next; null where it can.
 * @param latest configuration of `$LATEST`, which requests would run
 * @param called the version's, which they run now
 */
export function aliasProblem(
  found: FoundAlias,
  latest: FunctionConfiguration,
  called: FunctionConfiguration,
): string | null {
  const version = found.FunctionVersion ?? LATEST;
  if (version === LATEST) {
    return 'found $LATEST, where a run that was killed leaves it, want a version; npx nx run loadtest restore --stage=<stage>';
  }
  const others = Object.keys(found.RoutingConfig?.AdditionalVersionWeights ?? {});
  if (others.length > 0) {
    return `found versions ${[version, ...others].join(' and ')}, want one; wait until the deployment is over`;
  }
  const differing = [
    ...(latest.CodeSha256 === called.CodeSha256 ? [] : ['code']),
    ...COMPARED.filter((name) => !isDeepStrictEqual(comparable(latest)[name], comparable(called)[name])),
  ];
  if (differing.length === 0) return null;
  return (
    `found other ${differing.join(', ')} in version ${version} than in $LATEST, want the same; ` +
    `set $LATEST to what version ${version} has, or deploy what $LATEST has`
  );
}

/** Without what differs between two that run the same: order, and an empty value where there may be none. */
function comparable({ Environment, Runtime, Handler, Layers, VpcConfig }: FunctionConfiguration) {
  return {
    Environment: { ...Environment?.Variables },
    ...{ Runtime, Handler },
    Layers: (Layers ?? []).map(({ Arn }) => Arn),
    VpcConfig: [VpcConfig?.SubnetIds, VpcConfig?.SecurityGroupIds].map((ids) => [...(ids ?? [])].sort()),
  };
}
