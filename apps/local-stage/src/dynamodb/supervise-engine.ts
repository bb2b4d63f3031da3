import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDbEngine } from './engine.ts';

/** So many deaths within so long are no accident: the engine stays down. */
const DEATHS_TO_GIVE_UP = 5;
const DEATHS_WINDOW_MS = 60_000;

/** Longer with each death in a row. */
const PAUSE_MS = 100;

/** What to do when the engine ends without being asked to. */
export interface Supervision {
  /** Starts another one at the same endpoint, with its tables. */
  restart(): Promise<DynamoDbEngine>;
  /** Whether its entries outlive it. */
  readonly isKept: boolean;
  readonly report: (line: string) => void;
  /** @default this machine's clock */
  readonly nowMs?: () => number;
  /** @default real time */
  readonly pause?: (durationMs: number) => Promise<unknown>;
}

/**
 * The engine, started again whenever it ends: functions keep their endpoint and meet a broken connection for as long
 * as that takes. `onUnexpectedExit` is told once it stays down.
 */
export function superviseEngine(first: DynamoDbEngine, supervision: Supervision): DynamoDbEngine {
  const { restart, isKept, report, nowMs = () => performance.now(), pause = sleep } = supervision;
  const { name, endpoint } = first;
  let current = first;
  let recovery = Promise.resolve();
  let isStopping = false;
  let deathsMs: number[] = [];
  let listener: ((reason: string) => void) | null = null;
  let ending: string | null = null;

  const recover = async (reason: string): Promise<void> => {
    let why = reason;
    while (!isStopping) {
      const diedAtMs = nowMs();
      deathsMs = [...deathsMs, diedAtMs].filter((atMs) => diedAtMs - atMs < DEATHS_WINDOW_MS);
      if (deathsMs.length >= DEATHS_TO_GIVE_UP) {
        ending = why;
        report(
          `the DynamoDB engine ${name} ended ${DEATHS_TO_GIVE_UP} times within ${DEATHS_WINDOW_MS / 1000} s, ` +
            `the last time: ${why}; it stays down and every call to a table fails; start the stage again`,
        );
        listener?.(why);
        return;
      }
      await pause(PAUSE_MS * (deathsMs.length - 1));
      try {
        current = await restart();
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
        continue;
      }
      if (isStopping) return;
      const entries = isKept ? 'with its entries' : 'its entries are lost (--data-dir keeps them)';
      report(`the DynamoDB engine ${name} ended: ${why}; started again, ${entries}`);
      watch(current);
      return;
    }
  };
  const watch = (engine: DynamoDbEngine) =>
    engine.onUnexpectedExit((reason) => {
      recovery = recover(reason);
    });
  watch(first);

  return {
    name,
    endpoint,
    async stop() {
      isStopping = true;
      await recovery;
      await current.stop();
    },
    onUnexpectedExit(newListener) {
      listener = newListener;
      if (ending !== null) newListener(ending);
    },
  };
}
