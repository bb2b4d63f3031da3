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

/** An alias that somebody else has moved: where it is now, and what `$LATEST` has, is theirs. */
export class AliasMovedError extends AliasError {
  constructor(functionName: string, alias: string, wanted: string, cause?: unknown) {
    super(
      functionName,
      alias,
      `found it moved by a deployment meanwhile, want ${wanted}; it stays as the deployment has it: test again after that`,
      cause,
    );
    this.name = 'AliasMovedError';
  }
}
