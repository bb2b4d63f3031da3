import type { InvocationMessage } from '../worker-protocol.ts';

/** The handler's second argument, as Lambda makes it. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** A string, as on Lambda. */
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** May be changed by the handler; binds callback handlers only. */
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

/** What of a context is the same for every invocation of an environment. */
export type EnvironmentContext = Pick<
  LambdaContext,
  | 'functionName'
  | 'functionVersion'
  | 'invokedFunctionArn'
  | 'memoryLimitInMB'
  | 'logGroupName'
  | 'logStreamName'
>;

/** @param nowMs the clock that `deadlineMs` was read from */
export function invocationContext(
  environment: EnvironmentContext,
  invocation: Pick<InvocationMessage, 'requestId' | 'deadlineMs'>,
  nowMs: () => number,
): LambdaContext {
  return {
    ...environment,
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => invocation.deadlineMs - nowMs(),
  };
}
