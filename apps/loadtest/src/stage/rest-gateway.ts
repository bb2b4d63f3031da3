import {
  APIGatewayClient,
  GetRestApiCommand,
  GetStageCommand,
  UpdateStageCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import type { BucketLimits } from '@spillway/throttle';
import type { StageGateway } from './stage-gateway.ts';

/** The default of every method (F4). */
const EVERY_METHOD = '*/*';

/** A stage of a REST API. */
export class RestGateway implements StageGateway {
  readonly #client: APIGatewayClient;
  readonly #stage: { readonly restApiId: string; readonly stageName: string };

  /** @param config of an SDK client */
  constructor(config: object, restApiId: string, stageName: string) {
    this.#client = new APIGatewayClient(config);
    this.#stage = { restApiId, stageName };
  }

  async readThrottle(): Promise<Partial<BucketLimits>> {
    const { methodSettings } = await this.#client.send(new GetStageCommand(this.#stage));
    const { throttlingRateLimit, throttlingBurstLimit } = methodSettings?.[EVERY_METHOD] ?? {};
    return {
      ...(throttlingRateLimit === undefined ? {} : { rateLimit: throttlingRateLimit }),
      ...(throttlingBurstLimit === undefined ? {} : { burstLimit: throttlingBurstLimit }),
    };
  }

  async setThrottle({ rateLimit, burstLimit }: BucketLimits): Promise<void> {
    const replace = (limit: string, value: number): PatchOperation => ({
      op: 'replace',
      path: `/${EVERY_METHOD}/throttling/${limit}`,
      value: String(value),
    });
    const patchOperations = [replace('rateLimit', rateLimit), replace('burstLimit', burstLimit)];
    await this.#client.send(new UpdateStageCommand({ ...this.#stage, patchOperations }));
  }

  async findFirewall(): Promise<string | null> {
    const { webAclArn } = await this.#client.send(new GetStageCommand(this.#stage));
    return webAclArn ?? null;
  }

  async findMetrics() {
    const { restApiId, stageName } = this.#stage;
    const { name = '' } = await this.#client.send(new GetRestApiCommand({ restApiId }));
    return {
      dimensions: { ApiName: name, Stage: stageName },
      ...{ requests: 'Count', clientErrors: '4XXError', serverErrors: '5XXError' },
    };
  }
}
