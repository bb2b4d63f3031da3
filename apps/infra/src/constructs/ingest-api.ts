import type { Limits } from '@spillway/throttle';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Client } from '../client-schema.ts';
import type { Stage } from '../stages.ts';
import type { AccessLog } from './access-log.ts';
import { IngestHttpApi } from './ingest-http-api.ts';
import { IngestRestApi } from './ingest-rest-api.ts';

export interface IngestApiProps {
  readonly handler: IFunction;
  /** Of every route but `POST /batch`. */
  readonly limits: Pick<Limits, 'rateLimit' | 'burstLimit'>;
  /** Share of the limits that `POST /batch` gets on top, counted in entries. */
  readonly batchShare: number;
  readonly auth: Stage['auth'];
  /** REST only. */
  readonly clients: readonly Client[];
  readonly accessLog: AccessLog;
}

/** What the rest of the stack needs to know of a gateway, of either kind. */
export interface IngestApi {
  /** Without a slash at the end. */
  readonly url: string;
  /** The API's id, under the name of the output that tells the kind. */
  readonly idOutput: { readonly RestApiId: string } | { readonly HttpApiId: string };
  /** As plain text: whoever names the stage so does not depend on it, as a rollout's alarms must not. */
  readonly stageName: string;
  /** For what is attached to the stage, which has to wait for it. */
  readonly stageArn: string;
  readonly metrics: ApiMetrics;
}

/** Where CloudWatch keeps a gateway's metrics (F60, F61). */
export interface ApiMetrics {
  readonly namespace: 'AWS/ApiGateway';
  /** Never refers to the API's stage or methods. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly names: {
    readonly requests: 'Count';
    /** ms, from request to answer. */
    readonly latency: 'Latency';
    readonly serverErrors: '5XXError' | '5xx';
  };
}

const KINDS: Record<
  Stage['api'],
  new (scope: Construct, id: string, props: IngestApiProps) => Construct & IngestApi
> = { rest: IngestRestApi, http: IngestHttpApi };

/** The gateway of a stage: `POST /` and `POST /batch`, passed on to the function as they are. */
export function createIngestApi(
  scope: Construct,
  id: string,
  kind: Stage['api'],
  props: IngestApiProps,
): IngestApi {
  return new KINDS[kind](scope, id, props);
}
