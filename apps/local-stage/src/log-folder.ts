import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import type { StageModel } from './template/stage-model.ts';

/** Logs that can't be kept where the command line wants them; the message says found, wanted, next. */
export class LogFolderError extends Error {
  readonly code = 'LOG_FOLDER_REFUSED';
  readonly path: string;

  constructor(path: string, found: string, cause?: unknown) {
    super(`--log-dir: ${path} ${found}, want a folder that logs can be written to; choose another`, {
      cause,
    });
    this.name = 'LogFolderError';
    this.path = path;
  }
}

/**
 * Makes the folder for logs unless it is there, and looks whether each function's log can be written to it.
 * @throws LogFolderError
 */
export function openLogFolder(folder: string, { functions }: Pick<StageModel, 'functions'>): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LogFolderError(folder, describe(error), error);
  }
  for (const { name } of functions) {
    const file = functionLogFile(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new LogFolderError(file, 'is a folder where a log would be');
  }
}

/** Where a function's log is. */
export function functionLogFile(folder: string, functionName: string): string {
  return join(folder, `${functionName}.log`);
}

function describe(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'is not a folder, or is inside of what is none';
  if (code === 'EACCES' || code === 'EROFS') return "can't be written to";
  return `can't be made (${code ?? String(error)})`;
}
