import { analyzeRun, judgeStep, stepTargets } from '@spillway/capacity';
import { readRun, remeasureRun } from '@spillway/run-files';
import { reportUse } from './use-report.ts';

/** A process of its own: reads a run's folder, measures and judges every step of it again, and says what follows. */
const [directory = ''] = process.argv.slice(2);
const run = readRun(directory);
let answers = 0;
for (const { step, found } of remeasureRun(directory, run)) {
  if (found instanceof Error) throw found;
  if (found.setAside === 0)
    throw new Error(`${step.record.name}: nothing was set aside, want its stalls seen`);
  judgeStep(step.record, found, stepTargets(step.record.purpose, run.targets));
  answers += found.judged + found.setAside;
}
analyzeRun(run);
reportUse(answers);
