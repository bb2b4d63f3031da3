/** A DynamoDB that can't be had; the message says found, wanted, next. */
export class EngineError extends Error {
  readonly code:
    | 'ENGINE_NOT_INSTALLED'
    | 'ENGINE_NOT_STARTED'
    | 'ENGINE_NOT_ANSWERING'
    | 'TABLE_NOT_ACTIVE'
    | 'TABLE_DIFFERS'
    | 'DATA_FOLDER_REFUSED';

  constructor(code: EngineError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
