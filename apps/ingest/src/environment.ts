/** What the function is told by the stack. AWS's own variables (Region, endpoint, credentials) are the SDK's. */
export interface Environment {
  readonly tableName: string;
}

/** The function can't start: a variable is missing. */
export class EnvironmentError extends Error {
  readonly code = 'ENVIRONMENT_INVALID';

  constructor() {
    super('TABLE_NAME is missing or empty, want the name of the entries table; set it on the function');
    this.name = 'EnvironmentError';
  }
}

/**
 * Asks for no more than a name, so without a schema: one takes a fiftieth of the time the function takes to start.
 * @throws EnvironmentError, so that a wrong deployment fails at its first cold start
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const { TABLE_NAME: tableName = '' } = variables;
  if (tableName === '') throw new EnvironmentError();
  return { tableName };
}

/** The invocation's trace in X-Ray; undefined where there is none. Lambda's variable changes with each invocation. */
export function readTraceId(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return /(?:^|;)Root=([^;]+)/.exec(variables['_X_AMZN_TRACE_ID'] ?? '')?.[1];
}
