import { analyzeRun } from '@spillway/capacity';
import { readRun, remeasureRun } from '@spillway/run-files';
import { reportUse } from './use-report.ts';

/** A process of its own: reads a run's folder and measures every step of it again. */
const [directory = ''] = process.argv.slice(2);
const run = readRun(directory);
let answers = 0;
for (const { step, found } of remeasureRun(directory, run)) {
  if (found instanceof Error) throw found;
  if (found.setAside === 0)
    throw new Error(`${step.record.name}: nothing was set aside, want its stalls seen`);
  answers += found.judged + found.setAside;
}
analyzeRun(run);
reportUse(answers);
