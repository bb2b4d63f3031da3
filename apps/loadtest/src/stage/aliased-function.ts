import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  UpdateAliasCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { attemptAll, tellAll } from '../attempt-all.ts';
import { AliasError, AliasMovedError } from './alias-error.ts';
import { aliasProblem, isOn, LATEST, type FoundAlias } from './alias-problem.ts';
import { DirectFunction } from './direct-function.ts';
import { retryConflict } from './retry-conflict.ts';
import type { FunctionSettings, FunctionState, StageFunction } from './stage-function.ts';

/** An alias as it was deployed, and what its version runs under. */
interface DeployedAlias {
  readonly functionName: string;
  readonly alias: string;
  readonly version: string;
  readonly settings: FunctionSettings;
}

/**
 * A function that the gateway calls by an alias. A version can't be changed, so the alias is on `$LATEST` while settings
 * are tried, and back on its version afterwards. A version published for each trial would bind as well, and stay: a
 * deployment of the very settings that were tried last would then be refused by CloudFormation ("A version for this
 * Lambda function exists"). The alias moves only from where this run left it: every change names its revision.
 */
export class AliasedFunction implements StageFunction {
  readonly #lambda: LambdaClient;
  readonly #deployed: DeployedAlias;
  readonly #latest: DirectFunction;
  /** Of the alias, as this run last saw or made it. */
  #revisionId: string | undefined;
  /** `asked`: nobody knows, since the answer was lost. */
  #lift: 'none' | 'asked' | 'done' = 'none';

  private constructor(lambda: LambdaClient, deployed: DeployedAlias, revisionId: string | undefined) {
    this.#lambda = lambda;
    this.#deployed = deployed;
    this.#latest = new DirectFunction(lambda, deployed.functionName);
    this.#revisionId = revisionId;
  }

  /** @throws AliasError unless the alias is on one version, which runs what `$LATEST` would but for memory and timeout */
  static async open(lambda: LambdaClient, functionName: string, alias: string): Promise<AliasedFunction> {
    const FunctionName = functionName;
    const [found, latest, called] = await Promise.all([
      lambda.send(new GetAliasCommand({ FunctionName, Name: alias })),
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: alias })),
    ]);
    const problem = aliasProblem(found, latest, called);
    if (problem !== null) throw new AliasError(functionName, alias, problem);
    const { Timeout, MemorySize } = called;
    const version = found.FunctionVersion ?? LATEST;
    const deployed = { functionName, alias, version, settings: { Timeout, MemorySize } };
    return new AliasedFunction(lambda, deployed, found.RevisionId);
  }

  /** As a run left it that ended without putting it back: nobody knows whether it moved the alias. */
  static left(
    lambda: LambdaClient,
    was: Pick<DeployedAlias, 'functionName' | 'alias' | 'version'>,
  ): AliasedFunction {
    const left = new AliasedFunction(lambda, { ...was, settings: {} }, undefined);
    left.#lift = 'asked';
    return left;
  }

  get version(): string {
    return this.#deployed.version;
  }

  readSettings(): Promise<FunctionSettings> {
    const { functionName: FunctionName, alias: Qualifier } = this.#deployed;
    return this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
  }

  readReserved(): Promise<number | undefined> {
    return this.#latest.readReserved();
  }

  /** `$LATEST` first: it may have other settings than the version, and requests run them as soon as the alias is there. */
  async prepare(): Promise<void> {
    const { functionName, alias, settings, version } = this.#deployed;
    const found = await this.#look();
    if (found.RevisionId !== this.#revisionId) {
      const wanted = this.#lift === 'none' ? `version ${version}` : LATEST;
      throw new AliasMovedError(functionName, alias, wanted);
    }
    if (this.#lift === 'done') return;
    await this.#latest.configure(settings);
    this.#lift = 'asked';
    await this.#point(LATEST);
    this.#lift = 'done';
  }

  async configure(wanted: FunctionSettings): Promise<void> {
    await this.prepare();
    await this.#latest.configure(wanted);
  }

  reserve(concurrency: number): Promise<void> {
    return this.#latest.reserve(concurrency);
  }

  release(): Promise<void> {
    return this.#latest.release();
  }

  /**
   * The alias first: whatever becomes of `$LATEST`, requests then run what was deployed. `$LATEST` all the same, unless a
   * deployment has taken both.
   */
  async restore(found: FunctionState): Promise<readonly unknown[]> {
    const [reason] = await attemptAll([() => this.#pointBack()]);
    const isOurs = !(reason instanceof AliasMovedError);
    const rest = await this.#latest.restore(isOurs ? found : { reserved: found.reserved });
    return reason === undefined ? rest : [reason, ...rest];
  }

  async #pointBack(): Promise<void> {
    const { functionName, alias, version } = this.#deployed;
    if (this.#lift === 'none') return;
    try {
      if (this.#lift === 'asked' && (await this.#isBack())) return;
      await this.#point(version);
      this.#lift = 'none';
    } catch (cause) {
      if (cause instanceof AliasMovedError) throw cause;
      // Also what a second try is answered where the first one's answer was lost.
      const isOther = cause instanceof Error && cause.name === 'PreconditionFailedException';
      if (isOther && isOn(await this.#look(), version)) return;
      if (isOther) throw new AliasMovedError(functionName, alias, `version ${version}`, cause);
      const command = `aws lambda update-alias --function-name ${functionName} --name ${alias} --function-version ${version}`;
      const problem = `found it left on $LATEST (${tellAll([cause])}), want version ${version}; ${command}`;
      throw new AliasError(functionName, alias, problem, cause);
    }
  }

  /** Where the answer to the lift was lost: an alias on `$LATEST` is this run's, since no deployment puts one there. */
  async #isBack(): Promise<boolean> {
    const { functionName, alias, version } = this.#deployed;
    const found = await this.#look();
    if (isOn(found, version)) return true;
    if (!isOn(found, LATEST)) throw new AliasMovedError(functionName, alias, `version ${version}`);
    this.#revisionId = found.RevisionId;
    return false;
  }

  #look(): Promise<FoundAlias> {
    const { functionName: FunctionName, alias: Name } = this.#deployed;
    return this.#lambda.send(new GetAliasCommand({ FunctionName, Name }));
  }

  async #point(FunctionVersion: string): Promise<void> {
    const { functionName: FunctionName, alias: Name } = this.#deployed;
    const change = { FunctionName, Name, FunctionVersion, RevisionId: this.#revisionId };
    const { RevisionId } = await retryConflict(() => this.#lambda.send(new UpdateAliasCommand(change)));
    this.#revisionId = RevisionId;
  }
}
