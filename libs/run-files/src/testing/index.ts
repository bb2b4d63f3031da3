export { writeAnswers, writeRun } from './write-run.ts';
export type { RowOf } from './write-run.ts';
