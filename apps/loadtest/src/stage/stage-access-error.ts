/** How a stage said no. `errorType`: AWS's `x-amzn-ErrorType`, `''` where it gave none. */
export interface Refusal {
  readonly status: number;
  readonly errorType: string;
  readonly body: string;
}

/** A stage that takes nobody's entry the way they would be sent: every request of a load test would be refused. */
export class StageAccessError extends Error {
  readonly code = 'STAGE_ACCESS';
  readonly status: number;
  readonly errorType: string;

  /** @param sent what was refused, in a few words @param hasKey whether an API key went along */
  constructor(baseUrl: string, sent: string, refusal: Refusal, hasKey: boolean) {
    const { status, errorType, body } = refusal;
    const found = [status, errorType, body].filter((part) => part !== '').join(' ');
    super(`${baseUrl}: found ${found} for ${sent}, want the API's own answer; ${nextStep(refusal, hasKey)}`);
    this.name = 'StageAccessError';
    this.status = status;
    this.errorType = errorType;
  }
}

/** A stage that did not answer at all. */
export class StageSilentError extends Error {
  readonly code = 'STAGE_SILENT';

  constructor(baseUrl: string, cause: unknown) {
    const { message, cause: inner } = cause as Error & { cause?: { code?: string } };
    super(
      `${baseUrl}: found no answer (${inner?.code ?? message}), want one; look whether it can be reached`,
      {
        cause,
      },
    );
    this.name = 'StageSilentError';
  }
}

function nextStep({ status, errorType }: Refusal, hasKey: boolean): string {
  switch (errorType) {
    case 'ForbiddenException':
      return hasKey
        ? 'use a key of a usage plan of this stage'
        : 'pass --api-key-env=<variable that holds a key of its usage plan>';
    case 'AccessDeniedException':
      return 'allow execute-api:Invoke to these credentials, or to this address in its resource policy';
    case 'MissingAuthenticationTokenException':
      return 'look whether POST is deployed at this path';
    default:
      return status === 401
        ? 'open it to signatures (IAM) or API keys: the load test has no other tokens'
        : 'pass --aws-profile=<profile that may invoke it>';
  }
}
