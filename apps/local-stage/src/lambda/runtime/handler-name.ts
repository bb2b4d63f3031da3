/** What `Handler` in the template names: a file of the bundle and an export in it. */
export interface HandlerName {
  /** Folder of the file inside the bundle, empty for its root. */
  readonly folder: string;
  /** The file's name without extension: up to the first dot. */
  readonly module: string;
  /** The export and, where there are further dots, properties down from it. */
  readonly exportPath: readonly string[];
}

/** Errors of loading carry the names that Lambda's runtime gives them, and its messages. */
export class HandlerLoadError extends Error {
  readonly code = 'HANDLER_LOAD_FAILED';

  constructor(
    kind:
      | 'MalformedHandlerName'
      | 'HandlerNotFound'
      | 'ImportModuleError'
      | 'UserCodeSyntaxError'
      | 'CallbackHandlerDeprecated',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = `Runtime.${kind}`;
  }
}

/**
 * Reads `folder/file.export`, as Lambda's Node runtime does.
 * @throws {HandlerLoadError} if it leaves the bundle or names no export
 */
export function parseHandlerName(handler: string): HandlerName {
  if (handler.includes('..')) {
    throw new HandlerLoadError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const slash = handler.lastIndexOf('/');
  const match = /^([^.]*)\.(.*)$/.exec(handler.slice(slash + 1));
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new HandlerLoadError('MalformedHandlerName', 'Bad handler');
  }
  return { folder: handler.slice(0, Math.max(slash, 0)), module: match[1], exportPath: match[2].split('.') };
}
