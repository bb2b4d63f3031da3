import * as z from 'zod/mini';

const environmentSchema = z.pipe(
  z.object({ TABLE_NAME: z.string().check(z.minLength(1)) }),
  z.transform(({ TABLE_NAME }) => ({ tableName: TABLE_NAME })),
);

/** What the function is told by the stack. AWS's own variables (Region, endpoint, credentials) are the SDK's. */
export type Environment = z.infer<typeof environmentSchema>;

/** The function can't start: a variable is missing. */
export class EnvironmentError extends Error {
  readonly code = 'ENVIRONMENT_INVALID';

  constructor(cause: unknown) {
    super('TABLE_NAME is missing or empty, want the name of the entries table; set it on the function', {
      cause,
    });
    this.name = 'EnvironmentError';
  }
}

/** @throws EnvironmentError, so that a wrong deployment fails at its first cold start */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const parsed = environmentSchema.safeParse(variables);
  if (!parsed.success) throw new EnvironmentError(parsed.error);
  return parsed.data;
}
