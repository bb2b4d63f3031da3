import { TokenBucket } from '@spillway/throttle';
import { RequestGuard } from './gateway/authorize/request-guard.ts';
import { defaultSigningKeys, type SigningKeys } from './gateway/authorize/signing-key.ts';
import { systemClock } from './gateway/clock.ts';
import { HttpApiGateway } from './gateway/http-api/http-api-gateway.ts';
import type { ServedHttpStage } from './gateway/http-api/http-api-route.ts';
import { HttpFront } from './gateway/front/http-front.ts';
import { RestGateway } from './gateway/rest/rest-gateway.ts';
import type { ServedStage } from './gateway/rest/rest-route.ts';
import type { ServedApi } from './gateway/front/served-api.ts';
import type { LocalStageOptions } from './local-stage.ts';
import { checkPortRange } from './loopback-server.ts';
import type { ShutdownList } from './shutdown-list.ts';
import { partitionOf } from './template/intrinsics/partition.ts';
import type { StageModel } from './template/stage-model.ts';
import { HeldApi, RequestGate } from './watch/request-gate.ts';

/** Stages that are ready to serve, of both kinds of API. */
export interface ServedStages {
  readonly restStages: readonly ServedStage[];
  readonly httpStages: readonly ServedHttpStage[];
}

/** APIs that answer. */
export interface ListeningApis {
  /** In front of all of them. */
  readonly gate: RequestGate;
  /** Serves the next requests by these, on the same ports; an API that is not among them answers no more. */
  replace(model: StageModel, stages: ServedStages): Promise<void>;
}

/**
 * Opens a listener for each API, as on AWS each has a host of its own: the first on `--port`, the others on the
 * ports after it, or all on any free one.
 * @param origins filled in as they begin to listen: API id → `http://127.0.0.1:<port>`
 * @throws PortError, PortRangeError, CredentialsFileError
 */
export async function startApis(
  model: StageModel,
  stages: ServedStages,
  origins: Map<string, string>,
  options: LocalStageOptions,
  shutdown: ShutdownList,
): Promise<ListeningApis> {
  const accountBucket = new TokenBucket(options.quotas, systemClock.monotonicMs());
  const shared = { accountBucket, accountId: model.accountId, clock: systemClock };
  const keys = await signingKeys(options.credentialsFile, model);
  const authorizer = new RequestGuard(keys, model.region);
  const apisOf = (ofModel: StageModel, served: ServedStages): ReadonlyMap<string, ServedApi> =>
    prepareApis(ofModel, served, { ...shared, authorizer });
  const gate = new RequestGate();
  const listening = new Map<string, { readonly held: HeldApi; close(): Promise<void> }>();
  let port = options.port;
  const served = apisOf(model, stages);
  checkPortRange(port, served.size, '--port');
  for (const [apiId, api] of served) {
    const held = new HeldApi(api, gate);
    const front = new HttpFront(held, (error) =>
      options.report(`a request failed in the local stage: ${String(error)}`),
    );
    origins.set(apiId, await front.listen(port));
    shutdown.add(() => front.close());
    listening.set(apiId, { held, close: () => front.close() });
    if (port !== 0) port += 1;
  }
  return {
    gate,
    replace: async (next, nextStages) => {
      const apis = apisOf(next, nextStages);
      for (const [apiId, api] of apis) {
        const known = listening.get(apiId);
        if (known) known.held.replace(api);
        else options.report(`API ${apiId} is new: start the stage again to reach it`);
      }
      for (const [apiId, { close }] of listening) {
        if (apis.has(apiId)) continue;
        listening.delete(apiId);
        origins.delete(apiId);
        await close();
      }
    },
  };
}

function prepareApis(
  model: StageModel,
  stages: ServedStages,
  given: Omit<ConstructorParameters<typeof HttpApiGateway>[0], 'region' | 'stages'>,
): ReadonlyMap<string, ServedApi> {
  const shared = { ...given, region: model.region };
  const apis = new Map<string, ServedApi>();
  for (const [apiId, ofApi] of Map.groupBy(stages.restStages, (stage) => stage.model.apiId)) {
    const byName = new Map(ofApi.map((stage) => [stage.model.stageName, stage]));
    apis.set(apiId, new RestGateway({ ...shared, stages: byName }));
  }
  for (const [apiId, ofApi] of Map.groupBy(stages.httpStages, (stage) => stage.model.apiId)) {
    const byName = new Map(ofApi.map((stage) => [stage.model.stageName, stage]));
    apis.set(apiId, new HttpApiGateway({ ...shared, stages: byName }));
  }
  return apis;
}

async function signingKeys(
  credentialsFile: string | undefined,
  { accountId, region }: StageModel,
): Promise<SigningKeys> {
  const partition = partitionOf(region).name;
  if (credentialsFile === undefined) return defaultSigningKeys(accountId, partition);
  // The AWS SDK's reader takes a while to load, and few ask for it.
  const { readCredentialsFile } = await import('./gateway/authorize/read-credentials-file.ts');
  return readCredentialsFile(credentialsFile, accountId, partition);
}
