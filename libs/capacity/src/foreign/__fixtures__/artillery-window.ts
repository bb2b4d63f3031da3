import { sumAnswers, type AnswerCounts, type ForeignReport, type ForeignWindow } from '../foreign-report.ts';
import type { WholeWindow } from '../plateaus.ts';

/** A window of 10 s in which all requests were answered 2xx within 20 ms, by users who sent one request each. */
export function window(
  requests: number,
  {
    answers = {},
    ...changes
  }: Partial<Omit<WholeWindow, 'answers'>> & { answers?: Partial<AnswerCounts> } = {},
): WholeWindow {
  const other = Object.values(answers).reduce((sum: number, count: number) => sum + count, 0);
  const times = { count: requests, maxMs: 20, quantiles: [], errorRatio: 0.01, buckets: null };
  return {
    startMs: 0,
    lengthMs: 10_000,
    usersCreated: requests,
    usersSkipped: 0,
    requests,
    answers: { ...sumAnswers([]), acknowledged: Math.max(0, requests - other), ...answers },
    scenarioErrors: 0,
    firstByte: times,
    session: times,
    rateMissing: false,
    ...changes,
  };
}

/** A report of windows that follow each other. */
export function reportOf(windows: readonly ForeignWindow[]): ForeignReport {
  const sum = (of: (window: ForeignWindow) => number) =>
    windows.reduce((total, found) => total + of(found), 0);
  return {
    format: 'artillery-2',
    windows: windows.map((found, index) => ({
      ...found,
      startMs: found.startMs === null ? null : found.startMs + index * 10_000,
    })),
    total: {
      ...window(0),
      usersCreated: sum((found) => found.usersCreated),
      usersSkipped: sum((found) => found.usersSkipped),
      requests: sum((found) => found.requests),
      answers: sumAnswers(windows),
    },
    engines: [],
  };
}
