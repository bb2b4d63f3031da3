import { readRun } from '../read-run.ts';
import { remeasureRun } from '../remeasure-run.ts';

/** Prints how many answers of a run's steps were judged, and the most resident memory that took, bytes. */
const [directory = ''] = process.argv.slice(2);
const judged = [...remeasureRun(directory, readRun(directory))].map(({ found }) =>
  found instanceof Error ? found.message : found.judged,
);
console.log(JSON.stringify({ judged, residentBytes: process.resourceUsage().maxRSS * 1024 }));
