import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { configureFunction } from './configure-function.ts';
import type { FunctionSettings, StageFunction } from './stage-function.ts';

/** A function that the gateway calls itself: a change binds at once. */
export class DirectFunction implements StageFunction {
  readonly #lambda: LambdaClient;
  readonly #functionName: string;

  constructor(lambda: LambdaClient, functionName: string) {
    this.#lambda = lambda;
    this.#functionName = functionName;
  }

  readSettings(): Promise<FunctionSettings> {
    return this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName: this.#functionName }));
  }

  async prepare(): Promise<void> {}

  configure(wanted: FunctionSettings): Promise<void> {
    return configureFunction({ lambda: this.#lambda, functionName: this.#functionName }, wanted);
  }

  restore(found: FunctionSettings): Promise<void> {
    return this.configure(found);
  }
}
