import { partitionOf } from '../template/intrinsics/partition.ts';

/** Region and account that an API is in. */
export interface ApiPlace {
  readonly region: string;
  readonly accountId: string;
}

/** What of a request its ARN names. */
export interface CalledMethod {
  readonly apiId: string;
  readonly stageName: string;
  readonly httpMethod: string;
  /** Without the stage, beginning with `/`. */
  readonly path: string;
}

/** `arn:<partition>:execute-api:<region>:<account>:<apiId>/<stage>/<METHOD>/<path>`, as policies name requests. */
export function methodArn(
  { region, accountId }: ApiPlace,
  { apiId, stageName, httpMethod, path }: CalledMethod,
): string {
  return `arn:${partitionOf(region).name}:execute-api:${region}:${accountId}:${apiId}/${stageName}/${httpMethod}${path}`;
}
