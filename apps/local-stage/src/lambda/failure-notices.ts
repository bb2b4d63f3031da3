import type { RanOutcome } from './environment-port.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Says once for each code of a function that it does not load, and once that an invocation failed. */
export class FailureNotices {
  readonly #report: (line: string) => void;
  #hasInitFailed = false;
  #hasFailed = false;

  /** @param report takes one line */
  constructor(report: (line: string) => void) {
    this.#report = report;
  }

  initFailed(definition: FunctionDefinition, outcome: RanOutcome): void {
    if (!this.#hasInitFailed) this.#report(line(definition, 'does not load', outcome));
    this.#hasInitFailed = true;
  }

  /** @param outcome any but `returned` */
  failed(definition: FunctionDefinition, outcome: RanOutcome): void {
    if (!this.#hasFailed) this.#report(line(definition, 'failed', outcome));
    this.#hasFailed = true;
  }

  /** Other code: what is known of the old says nothing of it. */
  startAgain(): void {
    this.#hasInitFailed = false;
    this.#hasFailed = false;
  }
}

function line({ name, logFile }: FunctionDefinition, what: string, outcome: RanOutcome): string {
  const next = logFile === undefined ? '--log-dir=<folder> keeps what it prints' : `see ${logFile}`;
  return `function ${name} ${what}: ${reasonOf(outcome)}; ${next}`;
}

/** In one line: messages of modules that are not found list who required them. */
function reasonOf(outcome: RanOutcome): string {
  switch (outcome.kind) {
    case 'returned':
      return 'nothing';
    case 'timed-out':
      return `it took longer than ${Math.round(outcome.timeoutMs)} ms`;
    case 'crashed':
      return firstLine(outcome.reason);
    case 'threw':
      return firstLine(`${outcome.errorType}: ${outcome.errorMessage}`);
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
