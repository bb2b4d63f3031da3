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
  /** The event's trace, as `_X_AMZN_TRACE_ID` has it. */
  readonly xRayTraceId: string;
  /** Of calls by a mobile app's SDK; an API never has one. */
  readonly clientContext: undefined;
  /** Of Cognito, for the same calls only. */
  readonly identity: undefined;
  /** Of functions with tenant isolation. */
  readonly tenantId: undefined;
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
  invocation: Pick<InvocationMessage, 'requestId' | 'traceId' | 'deadlineMs'>,
  nowMs: () => number,
): LambdaContext {
  return {
    ...environment,
    awsRequestId: invocation.requestId,
    xRayTraceId: invocation.traceId,
    clientContext: undefined,
    identity: undefined,
    tenantId: undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => invocation.deadlineMs - nowMs(),
  };
}
