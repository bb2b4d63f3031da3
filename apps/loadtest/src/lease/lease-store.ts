import {
  GetFunctionConfigurationCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { retryConflict } from '../stage/retry-conflict.ts';
import { LEASE_TAGS, leaseTags, parseLease, type Lease } from './lease.ts';

/** Where the lease of a stage is kept. */
export interface LeaseStore {
  read(): Promise<Lease | null>;
  write(lease: Lease): Promise<void>;
  remove(): Promise<void>;
}

/** Tags of the function: what stages behind both kinds of API have, and a deployment leaves alone. */
export class FunctionTags implements LeaseStore {
  readonly #lambda: LambdaClient;
  readonly #functionName: string;
  #arn: string | undefined;

  constructor(lambda: LambdaClient, functionName: string) {
    this.#lambda = lambda;
    this.#functionName = functionName;
  }

  async read(): Promise<Lease | null> {
    const { Tags } = await this.#lambda.send(new ListTagsCommand({ Resource: await this.#resource() }));
    return parseLease(Tags ?? {});
  }

  async write(lease: Lease): Promise<void> {
    const command = new TagResourceCommand({ Resource: await this.#resource(), Tags: leaseTags(lease) });
    await retryConflict(() => this.#lambda.send(command));
  }

  async remove(): Promise<void> {
    const command = new UntagResourceCommand({ Resource: await this.#resource(), TagKeys: [...LEASE_TAGS] });
    await retryConflict(() => this.#lambda.send(command));
  }

  async #resource(): Promise<string> {
    const named = { FunctionName: this.#functionName };
    this.#arn ??= (await this.#lambda.send(new GetFunctionConfigurationCommand(named))).FunctionArn;
    return this.#arn ?? this.#functionName;
  }
}
