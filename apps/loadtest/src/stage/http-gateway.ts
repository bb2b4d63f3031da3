import { ApiGatewayV2Client, GetStageCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import type { BucketLimits } from '@spillway/throttle';
import type { StageGateway } from './stage-gateway.ts';

/** A stage of an HTTP API. */
export class HttpGateway implements StageGateway {
  readonly #client: ApiGatewayV2Client;
  readonly #stage: { readonly ApiId: string; readonly StageName: string };

  /** @param config of an SDK client */
  constructor(config: object, apiId: string, stageName: string) {
    this.#client = new ApiGatewayV2Client(config);
    this.#stage = { ApiId: apiId, StageName: stageName };
  }

  async readThrottle(): Promise<Partial<BucketLimits>> {
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = await this.#readDefault();
    return {
      ...(ThrottlingRateLimit === undefined ? {} : { rateLimit: ThrottlingRateLimit }),
      ...(ThrottlingBurstLimit === undefined ? {} : { burstLimit: ThrottlingBurstLimit }),
    };
  }

  /** Sends the rest of the setting as it was found: whether AWS keeps what a setting leaves out is unverified. */
  async setThrottle({ rateLimit, burstLimit }: BucketLimits): Promise<void> {
    const DefaultRouteSettings = {
      ...(await this.#readDefault()),
      ThrottlingRateLimit: rateLimit,
      ThrottlingBurstLimit: burstLimit,
    };
    await this.#client.send(new UpdateStageCommand({ ...this.#stage, DefaultRouteSettings }));
  }

  /** An HTTP API takes no web ACL (F6). */
  async findFirewall(): Promise<null> {
    return null;
  }

  async findMetrics() {
    const { ApiId, StageName } = this.#stage;
    return {
      dimensions: { ApiId, Stage: StageName },
      ...{ requests: 'Count', clientErrors: '4xx', serverErrors: '5xx' },
    };
  }

  async #readDefault() {
    const { DefaultRouteSettings } = await this.#client.send(new GetStageCommand(this.#stage));
    return DefaultRouteSettings ?? {};
  }
}
