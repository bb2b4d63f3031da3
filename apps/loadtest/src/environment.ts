/** What the process's surroundings say; the only place that reads them. */
export const environment = {
  /** Nobody watches: plain lines instead of a live one. */
  isCi: process.env['CI'] !== undefined && process.env['CI'] !== '' && process.env['CI'] !== 'false',
  /** Whether Nx started this process. */
  isNxTask: process.env['NX_TASK_TARGET_PROJECT'] !== undefined,
  /** A variable that the user names on the command line; unset where it is empty. */
  variable: (name: string): string | undefined => process.env[name] || undefined,
  /** For child processes, which need the machine's paths and the user's credentials. */
  inherited: process.env,
} as const;
