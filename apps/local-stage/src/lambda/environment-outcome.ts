import type { EnvironmentAnswer, InitOutcome, RanOutcome } from './environment-port.ts';

export type FailedInit = Exclude<InitOutcome, { kind: 'ready' }>;

/** What an invocation meets whose environment did not come to be. */
export function outcomeOfInit(init: FailedInit): RanOutcome {
  return init.kind === 'failed' ? init.outcome : { kind: 'timed-out', timeoutMs: init.initMs };
}

/** How an invocation ended that did not return. */
export function failureOf(answer: EnvironmentAnswer): RanOutcome | null {
  return answer.kind === 'ran' && answer.outcome.kind !== 'returned' ? answer.outcome : null;
}

/** An environment whose handler returned or threw serves on; after anything else it is ending. */
export function isReusable(answer: EnvironmentAnswer): boolean {
  return answer.kind === 'ran' && (answer.outcome.kind === 'returned' || answer.outcome.kind === 'threw');
}
