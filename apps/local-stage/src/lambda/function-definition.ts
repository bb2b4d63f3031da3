import type { FunctionLogging } from './function-logging.ts';

/** One Lambda function as the template declares it: everything the local stage needs to run it. */
export interface FunctionDefinition {
  readonly name: string;
  /** Becomes `context.invokedFunctionArn`; its Region becomes `AWS_REGION`. */
  readonly arn: string;
  /** Number of the version that runs. @default `$LATEST` */
  readonly version?: string;
  /** Directory that Lambda would unpack to `LAMBDA_TASK_ROOT`. */
  readonly bundleDirectory: string;
  /** `file.export`, the file's path relative to the bundle, without extension. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The function's own timeout (F37), of the handler alone: neither queue nor init count. */
  readonly timeoutMs: number;
  readonly memorySizeMb: number;
  /** `null`: the function draws on the account's unreserved pool (F31). */
  readonly reservedConcurrency: number | null;
  /**
   * As the template names it, `nodejs24.x`. From Node 24 on Lambda refuses callback handlers at load.
   * @default this Node's version, and callback handlers are accepted
   */
  readonly runtime?: string;
  /**
   * File for what CloudWatch would have: Lambda's own records and what the handler prints, appended.
   * @default no log is written
   */
  readonly logFile?: string;
  /** @default text, all of it */
  readonly logging?: FunctionLogging;
  /** @default `/aws/lambda/<name>` */
  readonly logGroupName?: string;
}

/** The version of a function that a change of its configuration or code changes. */
export const LATEST = '$LATEST';

/** Unreserved concurrency that AWS keeps back in every account (F31). */
export const MINIMUM_UNRESERVED_CONCURRENCY = 100;

/** How long a function may take to load before the attempt is given up (F36), in ms. */
export const INIT_LIMIT_MS = 10_000;

/** Largest answer Lambda takes from a handler, in bytes of JSON: 6 MB and 100 bytes (F37). */
export const RESPONSE_LIMIT_BYTES = 6 * 1024 * 1024 + 100;
