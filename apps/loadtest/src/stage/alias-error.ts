/** An alias that is not where a load test can take it from and put it back to. */
export class AliasError extends Error {
  readonly code = 'ALIAS';
  readonly functionName: string;
  readonly alias: string;

  /** @param problem found, wanted and what to do next */
  constructor(functionName: string, alias: string, problem: string, cause?: unknown) {
    super(`function ${functionName}, alias ${alias}: ${problem}`, { cause });
    this.name = 'AliasError';
    this.functionName = functionName;
    this.alias = alias;
  }
}
