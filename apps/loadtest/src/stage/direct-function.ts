import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { attemptAll } from '../attempt-all.ts';
import { configureFunction } from './configure-function.ts';
import { retryConflict } from './retry-conflict.ts';
import type { FunctionSettings, FunctionState, StageFunction } from './stage-function.ts';

/** A function that the gateway calls itself: a change binds at once. */
export class DirectFunction implements StageFunction {
  readonly version = null;
  readonly #lambda: LambdaClient;
  readonly #functionName: string;

  constructor(lambda: LambdaClient, functionName: string) {
    this.#lambda = lambda;
    this.#functionName = functionName;
  }

  readSettings(): Promise<FunctionSettings> {
    return this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName: this.#functionName }));
  }

  async readReserved(): Promise<number | undefined> {
    const asked = new GetFunctionConcurrencyCommand({ FunctionName: this.#functionName });
    return (await this.#lambda.send(asked)).ReservedConcurrentExecutions;
  }

  async prepare(): Promise<void> {}

  configure(wanted: FunctionSettings): Promise<void> {
    return configureFunction({ lambda: this.#lambda, functionName: this.#functionName }, wanted);
  }

  async reserve(ReservedConcurrentExecutions: number): Promise<void> {
    const wanted = { FunctionName: this.#functionName, ReservedConcurrentExecutions };
    await retryConflict(() => this.#lambda.send(new PutFunctionConcurrencyCommand(wanted)));
  }

  async release(): Promise<void> {
    const none = { FunctionName: this.#functionName };
    await retryConflict(() => this.#lambda.send(new DeleteFunctionConcurrencyCommand(none)));
  }

  /** One after the other: Lambda refuses a change of a function while another one is under way. */
  restore({ reserved, ...settings }: FunctionState): Promise<readonly unknown[]> {
    return attemptAll([() => this.configure(settings), () => this.reserve(reserved)]);
  }
}
