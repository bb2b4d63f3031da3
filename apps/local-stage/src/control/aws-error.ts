/** An error as AWS answers it: each protocol writes it in its own shape. */
export class AwsError extends Error {
  /** AWS's own name for it, such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** For an operation that the local stage does not answer. */
export function unknownOperation(what: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `the local stage does not answer ${what}; its README lists what it answers`,
    404,
  );
}
