import type { FunctionDefinition } from './function-definition.ts';
import type { RanOutcome } from './environment-port.ts';
import { TEXT_LOGGING, type FunctionLogging } from './function-logging.ts';
import {
  exitText,
  initReportText,
  initStartText,
  reportText,
  startText,
  timedOutText,
  type Ending,
} from './platform-log.ts';
import { wordingOfEnd, type ProcessEnd } from './runtime/process-end.ts';

/** What Lambda writes about an execution environment that can't write it itself any more, or not yet. */
export class EnvironmentLog {
  readonly #write: (text: string) => void;
  readonly #logging: FunctionLogging;
  readonly #memorySizeMb: number;
  readonly #version: string | undefined;
  /** The invocation that init is part of, on its second attempt (F36). */
  readonly #inside: string | undefined;

  /** @param inside request id of the invocation that init is part of */
  constructor(write: (text: string) => void, definition: FunctionDefinition, inside: string | undefined) {
    this.#write = write;
    this.#logging = definition.logging ?? TEXT_LOGGING;
    this.#memorySizeMb = definition.memorySizeMb;
    this.#version = definition.version;
    this.#inside = inside;
    const region = definition.arn.split(':')[3] ?? '';
    if (inside === undefined) write(initStartText(this.#logging, region, Date.now()));
  }

  initSucceeded(durationMs: number): void {
    this.#report({ status: 'success' }, durationMs);
  }

  /** @param outcome `null`: it took longer than it may */
  initFailed(outcome: RanOutcome | null, end: ProcessEnd | null, durationMs: number, peakMb: number): void {
    const ending = endingOf(outcome, end);
    const inside = this.#inside;
    const exited = end && !end.outOfMemory ? exitText(this.#logging, undefined, wordingOfEnd(end)) : '';
    this.#report(ending, durationMs, exited);
    if (inside === undefined) return;
    this.invocationStarted(inside);
    this.invocationEnded(inside, outcome, end, durationMs, peakMb);
  }

  /** For an environment that ends before it could write so itself. */
  invocationStarted(requestId: string): void {
    this.#write(startText(this.#logging, requestId, Date.now(), this.#version));
  }

  /** @param outcome `null`: timed out */
  invocationEnded(
    requestId: string,
    outcome: RanOutcome | null,
    end: ProcessEnd | null,
    durationMs: number,
    maxMemoryUsedMb: number,
  ): void {
    const nowMs = Date.now();
    const memorySizeMb = this.#memorySizeMb;
    const ending = endingOf(outcome, end);
    let why = '';
    if (ending.status === 'timeout') why = timedOutText(this.#logging, requestId, durationMs, nowMs);
    else if (end) why = exitText(this.#logging, requestId, wordingOfEnd(end));
    const report = { requestId, durationMs, memorySizeMb, maxMemoryUsedMb, ...ending };
    this.#write(why + reportText(this.#logging, report, nowMs));
  }

  #report(ending: Ending, durationMs: number, more = ''): void {
    const phase = this.#inside === undefined ? 'init' : 'invoke';
    this.#write(initReportText(this.#logging, { ...ending, durationMs, phase }, Date.now()) + more);
  }
}

function endingOf(outcome: RanOutcome | null, end: ProcessEnd | null): Ending {
  if (outcome === null || outcome.kind === 'timed-out') return { status: 'timeout' };
  if (outcome.kind === 'threw') return { status: 'error', errorType: knownErrorType(outcome.errorType) };
  return { status: 'error', errorType: end?.outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError' };
}

/** Lambda repeats the types of its own runtimes only. */
function knownErrorType(errorType: string): string {
  return /^(Runtime|Function)\.[A-Z][A-Za-z]+$/.test(errorType) ? errorType : 'Runtime.Unknown';
}
