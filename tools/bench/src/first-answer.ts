import { setTimeout as sleep } from 'node:timers/promises';
import type { SentJob } from './engine/audit.ts';
import { Connections } from './load/connections.ts';
import { Ledger } from './load/ledger.ts';
import type { ChildGroup } from './process/child-group.ts';

const PAUSE_MS = 10;
const GIVE_UP_MS = 90_000;

/** A contestant that never answered 200. */
export class NoAnswerError extends Error {
  readonly code = 'NO_ANSWER';

  constructor(url: string, lastEnding: string, printed: string) {
    super(`${url}: found ${lastEnding}, want 200; it printed: ${printed || 'nothing'}`);
    this.name = 'NoAnswerError';
  }
}

/**
 * Posts entries until one is stored.
 * @returns the instant of that answer, as `performance.now()` has it, and what was sent
 * @throws NoAnswerError if it ends first, or takes a minute and a half
 */
export async function untilFirstAnswer(
  url: string,
  group: ChildGroup,
): Promise<{ readonly atMs: number; readonly sent: SentJob }> {
  const connections = new Connections(url, 1);
  const ledger = new Ledger();
  const idPrefix = 'bench.first.';
  const giveUpMs = performance.now() + GIVE_UP_MS;
  try {
    for (;;) {
      const sequence = ledger.send();
      const answer = await connections.post(`${idPrefix}${sequence}`);
      ledger.settle(sequence, answer, 0);
      if (answer.ending === '200')
        return { atMs: performance.now(), sent: { idPrefix, tally: ledger.tally() } };
      if (group.hasEnded() || performance.now() > giveUpMs) {
        throw new NoAnswerError(
          url,
          group.hasEnded() ? 'a process that ended' : answer.ending,
          group.printed(),
        );
      }
      await sleep(PAUSE_MS);
    }
  } finally {
    await connections.close();
  }
}
