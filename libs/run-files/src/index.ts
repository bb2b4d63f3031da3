export { findRun, findRunDirectory, RunNotFoundError } from './find-run.ts';
export type { FoundRun, RunPlace } from './find-run.ts';
export { listRuns } from './list-runs.ts';
export type { ListedRun } from './list-runs.ts';
export { readAnswersFile } from './read-answers-file.ts';
export { readRun, RunUnreadableError } from './read-run.ts';
export { remeasureRun } from './remeasure-run.ts';
