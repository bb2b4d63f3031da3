import { join } from 'node:path';
import { childEnvironment } from '../process/child-environment.ts';
import { startGroup } from '../process/child-group.ts';
import { parseUse, type UseReport } from './use-report.ts';

/** The baseline and the analysis of the same files, one after the other. */
export interface AnalysisRound {
  readonly baseline: UseReport;
  readonly analysis: UseReport;
}

/** Each in a process of its own. @throws when one fails, or does not find as many answers as were written */
export async function runAnalysis(directory: string, answers: number): Promise<AnalysisRound> {
  const baseline = await runChild('baseline-child.ts', directory, answers);
  return { baseline, analysis: await runChild('analysis-child.ts', directory, answers) };
}

async function runChild(program: string, directory: string, answers: number): Promise<UseReport> {
  const group = startGroup({
    command: process.execPath,
    args: [join(import.meta.dirname, program), directory],
    cwd: directory,
    env: childEnvironment(),
    logFile: join(directory, `${program}.log`),
    launcher: [],
  });
  try {
    const code = await group.ended;
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${group.printed()}`);
    const use = parseUse(group.printed());
    if (use.answers === answers) return use;
    throw new Error(`${program} found ${use.answers} answers, want the ${answers} that were written`);
  } finally {
    await group.stop();
  }
}
