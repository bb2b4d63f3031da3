import { join } from 'node:path';
import { runAnalysis, type AnalysisRound } from './analysis/run-analysis.ts';
import { writeSyntheticRun } from './analysis/write-synthetic-run.ts';
import { benchCommand } from './bench-command.ts';
import { endWithNx } from './end-with-nx.ts';
import { integerFrom } from './integer-option.ts';
import { analysisTables } from './report/analysis-tables.ts';
import { describeMachine } from './report/machine.ts';
import { markdownTable, plainTable } from './report/table.ts';
import { makeScratch, removeScratch } from './scratch-directory.ts';

endWithNx();
const command = benchCommand(
  'bench:analysis',
  'Writes a run of many answers and measures how long its analysis takes, against reading the same bytes.',
)
  .option('--answers <number>', 'how many', integerFrom(1), 10_000_000)
  .option('--rounds <number>', 'how often both are run, in turn', integerFrom(1), 3);
command.parse(process.argv);
const options = command.opts<{ answers: number; rounds: number; markdown: boolean }>();
const scratch = makeScratch();

try {
  const heading = describeMachine();
  console.log(heading);
  const directory = join(scratch, 'run');
  const written = writeSyntheticRun(directory, options.answers);
  const rounds: AnalysisRound[] = [];
  while (rounds.length < options.rounds) {
    rounds.push(await runAnalysis(directory, options.answers));
    console.error(`round ${rounds.length} of ${options.rounds}`);
  }
  const tables = analysisTables(written, rounds);
  for (const table of tables) console.log(`\n${plainTable(table)}`);
  if (options.markdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  removeScratch(scratch);
}
