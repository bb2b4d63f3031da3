import { Alarm } from './alarm.ts';
import { Ticker } from './ticker.ts';

/** Calls back whenever an arrival may be due, from the origin on. */
export interface Wake {
  /** @param originMs instant 0 of the schedule, on the clock of `monotonicMs` */
  start(originMs: number, onDue: () => void): void;
  close(): Promise<void>;
}

/** From as many arrivals within a second on, a tick a millisecond is cheaper than a message each; a short burst is not. */
const DENSE_ARRIVALS = 1_000;
const DENSE_WITHIN_MS = 1_000;

/** The exact alarm for sparse arrivals, the cheap ticker where they keep coming close together. */
export async function openWake(schedule: Float64Array): Promise<Wake> {
  return isDense(schedule) ? new Ticker() : Alarm.open(schedule);
}

/** Whether any second holds more than a thousand arrivals. @param schedule ms, ascending */
export function isDense(schedule: Float64Array): boolean {
  for (let last = DENSE_ARRIVALS; last < schedule.length; last += 1) {
    const spanMs = (schedule[last] as number) - (schedule[last - DENSE_ARRIVALS] as number);
    if (spanMs < DENSE_WITHIN_MS) return true;
  }
  return false;
}
