import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** File of a command on the path; null where there is none. */
export function findOnPath(command: string): string | null {
  const files = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
