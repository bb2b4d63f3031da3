/** What the process's surroundings say; the only place that reads them. */
export const environment = {
  /** Nobody watches: plain lines instead of a live one. */
  isCi: process.env['CI'] !== undefined && process.env['CI'] !== '' && process.env['CI'] !== 'false',
  /** For child processes, which need the machine's paths and the user's credentials. */
  inherited: process.env,
} as const;
