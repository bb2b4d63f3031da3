/** What a command on kept runs gets from the process; paths count from the workspace. */
export interface CommandTerms {
  readonly workspace: string;
  /** A text on standard output. */
  readonly print: (text: string) => void;
  /** A text on standard error. */
  readonly complain: (text: string) => void;
  /** Takes the exit code. */
  readonly finish: (exitCode: number) => void;
}
