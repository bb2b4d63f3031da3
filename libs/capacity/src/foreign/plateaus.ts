import { answered, type ForeignReport, type ForeignWindow } from './foreign-report.ts';

/** Fewer windows can't show that a rate was held: one alone may be part of a ramp. */
const WINDOWS_AT_LEAST = 2;

/** Requests of windows at one rate differ by at most this share, or by the two that begin or end at an edge. */
const SAME_RATE_RATIO = 0.05;
const SAME_RATE_REQUESTS = 2;

/** How far from the end of the one before a window may begin and still follow it. */
const ADJACENT_MS = 500;

/** A window whose edges are known. */
export interface WholeWindow extends ForeignWindow {
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Whole windows in a row at one rate. */
export interface Plateau {
  readonly windows: readonly WholeWindow[];
  /** Requests sent and not answered yet as the first of them began. */
  readonly inFlightBefore: number;
}

/** What of a report can be judged. */
export interface Plateaus {
  readonly plateaus: readonly Plateau[];
  /** Whole windows that belong to no plateau: the rate changed within or between them. */
  readonly changing: readonly WholeWindow[];
}

/**
 * Finds plateaus. The first window is the run's warm-up and the last one is cut by its end: neither is judged,
 * whatever is in them, so that leaving them out favours nobody.
 */
export function findPlateaus({ windows }: ForeignReport): Plateaus {
  const groups: { windows: WholeWindow[]; inFlightBefore: number; least: number; most: number }[] = [];
  let inFlight = 0;
  windows.forEach((window, index) => {
    const previous = windows[index - 1];
    const next = windows[index + 1];
    const inFlightBefore = Math.max(0, inFlight);
    inFlight += window.requests - answered(window.answers);
    if (!previous || !next || !isWhole(window)) return;
    if (!follows(previous, window) || !follows(window, next)) return;
    const group = groups.at(-1);
    const least = Math.min(group?.least ?? Infinity, window.requests);
    const most = Math.max(group?.most ?? 0, window.requests);
    if (group?.windows.at(-1) === previous && isAlike(least, most)) {
      group.windows.push(window);
      Object.assign(group, { least, most });
    } else {
      groups.push({ windows: [window], inFlightBefore, least: window.requests, most: window.requests });
    }
  });
  return {
    plateaus: groups.filter((group) => group.windows.length >= WINDOWS_AT_LEAST),
    changing: groups.flatMap((group) => (group.windows.length >= WINDOWS_AT_LEAST ? [] : group.windows)),
  };
}

function isWhole(window: ForeignWindow): window is WholeWindow {
  return window.startMs !== null && window.lengthMs !== null && window.lengthMs > 0 && window.requests > 0;
}

/** Whether one window begins where the other ends; the first of a 1.x report has an end only. */
function follows(window: ForeignWindow, next: ForeignWindow): boolean {
  if (next.startMs === null) return false;
  if (window.startMs === null || window.lengthMs === null) return true;
  return Math.abs(next.startMs - window.startMs - window.lengthMs) <= ADJACENT_MS;
}

function isAlike(least: number, most: number): boolean {
  return most - least <= Math.max(SAME_RATE_REQUESTS, SAME_RATE_RATIO * most);
}

/** Requests a second of a window. */
export function requestsPerSecond({ requests, lengthMs }: WholeWindow): number {
  return requests / (lengthMs / 1000);
}
