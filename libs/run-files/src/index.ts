export { findRun, RunNotFoundError } from './find-run.ts';
export type { RunPlace } from './find-run.ts';
export { readRun, RunUnreadableError } from './read-run.ts';
