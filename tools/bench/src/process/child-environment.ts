import { delimiter, dirname } from 'node:path';

/** Inherited by what we start; nothing else of this process's environment reaches a contestant. */
const INHERITED = ['LANG', 'TMPDIR'] as const;

/** The same few variables for every child, so that no contestant is measured with a stray `NODE_OPTIONS`. */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  // A contestant that starts `node` by its name gets the Node that we run on.
  const env: Record<string, string> = {
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  };
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...more };
}

/** Whether Nx runs this process as a target. */
export const isNxTask = process.env['NX_TASK_TARGET_PROJECT'] !== undefined;
