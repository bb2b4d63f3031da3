import {
  DeleteFunctionConcurrencyCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

/** Memory and timeout of version 7. */
export const DEPLOYED = { Timeout: 4, MemorySize: 1024 };

/** `refused`: nothing changes · `lost`: it is done, and nobody hears of it. */
type Failure = 'refused' | 'lost';

interface Given {
  readonly weights?: Record<string, number>;
  /** What `$LATEST` has otherwise than version 7. */
  readonly latest?: FunctionConfiguration;
  readonly version?: string;
  /** By call, such as `point 7`. */
  readonly fails?: Readonly<Record<string, Failure>>;
}

/** Lambda with one function: version 7 behind alias `live`, 10 executions reserved. Refuses what AWS refuses. */
export function fakeLambda({ version = '7', weights, latest: other, fails = {} }: Given = {}) {
  const calls: string[] = [];
  let alias = { FunctionVersion: version, revision: 1, weights };
  const runs = { CodeSha256: 'code', Runtime: 'nodejs24.x', Handler: 'index.handler' } as const;
  let latest: FunctionConfiguration = { ...runs, ...DEPLOYED, ...other };
  let reserved: number | undefined = 10;

  const point = (FunctionVersion: string) =>
    (alias = { ...alias, FunctionVersion, revision: alias.revision + 1 });
  /** A change, unless it is to fail. */
  const change = (call: string, apply: () => void): void => {
    calls.push(call);
    if (fails[call] === 'refused') throw new Error(`${call}: refused`);
    apply();
    if (fails[call] === 'lost') throw new Error(`${call}: no answer`);
  };
  const tellAlias = () => ({
    FunctionVersion: alias.FunctionVersion,
    RevisionId: String(alias.revision),
    ...(alias.weights && { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
  });
  const send = async (command: object) => {
    if (command instanceof UpdateAliasCommand) {
      const { FunctionVersion: to = '', RevisionId } = command.input;
      change(`point ${to}`, () => {
        if (RevisionId !== String(alias.revision))
          throw Object.assign(new Error('other revision'), { name: 'PreconditionFailedException' });
        point(to);
      });
      return tellAlias();
    }
    if (command instanceof GetAliasCommand) return tellAlias();
    if (command instanceof UpdateFunctionConfigurationCommand) {
      const { Timeout = latest.Timeout, MemorySize = latest.MemorySize } = command.input;
      change(
        `update ${Timeout} s ${MemorySize} MB`,
        () => (latest = { ...latest, ...{ Timeout, MemorySize } }),
      );
    }
    if (command instanceof PutFunctionConcurrencyCommand) {
      const wanted = command.input.ReservedConcurrentExecutions;
      change(`reserve ${wanted}`, () => (reserved = wanted));
    }
    if (command instanceof DeleteFunctionConcurrencyCommand) change('release', () => (reserved = undefined));
    if (command instanceof GetFunctionConcurrencyCommand) return { ReservedConcurrentExecutions: reserved };
    if (command instanceof GetFunctionConfigurationCommand) {
      const isVersion = command.input.Qualifier !== undefined && alias.FunctionVersion !== '$LATEST';
      return { ...(isVersion ? { ...runs, ...DEPLOYED } : latest), LastUpdateStatus: 'Successful' };
    }
    return {};
  };
  return {
    calls,
    lambda: { send } as unknown as LambdaClient,
    points: () => alias.FunctionVersion,
    latest: () => latest,
    reserved: () => reserved,
    /** A deployment: version 8 behind the alias, and its settings in `$LATEST`. */
    deploy: () => {
      point('8');
      latest = { ...latest, ...{ Timeout: 6, MemorySize: 3008 } };
    },
  };
}
