import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  UpdateAliasCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { AliasError } from './alias-error.ts';
import { configureFunction } from './configure-function.ts';
import type { FunctionSettings, StageFunction } from './stage-function.ts';

const LATEST = '$LATEST';

/**
 * A function that the gateway calls by an alias. A version can't be changed, so the alias is on `$LATEST` while settings
 * are tried, and back on its version afterwards. A version published for each trial would bind as well, and stay: a
 * deployment of the very settings that were tried last would then be refused by CloudFormation ("A version for this
 * Lambda function exists").
 */
export class AliasedFunction implements StageFunction {
  readonly #lambda: LambdaClient;
  readonly #functionName: string;
  readonly #alias: string;
  /** Where the alias was found. */
  readonly #deployedVersion: string;
  #isOnLatest = false;

  private constructor(lambda: LambdaClient, functionName: string, alias: string, deployedVersion: string) {
    this.#lambda = lambda;
    this.#functionName = functionName;
    this.#alias = alias;
    this.#deployedVersion = deployedVersion;
  }

  /** @throws AliasError unless the alias is on one version, with the code that `$LATEST` has */
  static async open(lambda: LambdaClient, functionName: string, alias: string): Promise<AliasedFunction> {
    const FunctionName = functionName;
    const [found, latest, called] = await Promise.all([
      lambda.send(new GetAliasCommand({ FunctionName, Name: alias })),
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: alias })),
    ]);
    const refuse = (problem: string): never => {
      throw new AliasError(functionName, alias, problem);
    };
    const version = found.FunctionVersion ?? LATEST;
    if (version === LATEST) {
      const command = `aws lambda update-alias --function-name ${functionName} --name ${alias} --function-version <number>`;
      refuse(`found $LATEST, where a run that was killed leaves it, want a version; ${command}`);
    }
    const others = Object.keys(found.RoutingConfig?.AdditionalVersionWeights ?? {});
    if (others.length > 0) {
      refuse(
        `found versions ${[version, ...others].join(' and ')}, want one; wait until the deployment is over`,
      );
    }
    if (latest.CodeSha256 !== called.CodeSha256) {
      refuse(`found other code in version ${version} than in $LATEST, want the same; deploy the stack again`);
    }
    return new AliasedFunction(lambda, functionName, alias, version);
  }

  readSettings(): Promise<FunctionSettings> {
    const called = { FunctionName: this.#functionName, Qualifier: this.#alias };
    return this.#lambda.send(new GetFunctionConfigurationCommand(called));
  }

  async prepare(): Promise<void> {
    if (this.#isOnLatest) return;
    // Also when the answer is lost.
    this.#isOnLatest = true;
    await this.#point(LATEST);
  }

  async configure(wanted: FunctionSettings): Promise<void> {
    await configureFunction({ lambda: this.#lambda, functionName: this.#functionName }, wanted);
    await this.prepare();
  }

  /** The alias first: whatever becomes of `$LATEST`, requests then run what was deployed. */
  async restore(found: FunctionSettings): Promise<void> {
    if (this.#isOnLatest) {
      await this.#point(this.#deployedVersion).catch((cause: unknown) => {
        const problem = `found it on $LATEST still, want version ${this.#deployedVersion}; point it there by hand`;
        throw new AliasError(this.#functionName, this.#alias, problem, cause);
      });
      this.#isOnLatest = false;
    }
    await configureFunction({ lambda: this.#lambda, functionName: this.#functionName }, found);
  }

  async #point(FunctionVersion: string): Promise<void> {
    const alias = { FunctionName: this.#functionName, Name: this.#alias };
    await this.#lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion }));
  }
}
