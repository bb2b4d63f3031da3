import { benchCommand } from './bench-command.ts';
import { defaultEnvironments } from './default-environments.ts';
import { findDeployedHandler } from './deployed-handler.ts';
import { endWithNx } from './end-with-nx.ts';
import { integerFrom } from './integer-option.ts';
import { startLoadProcess } from './load/load-process.ts';
import { describeMachine } from './report/machine.ts';
import { megabytesText } from './report/figure-text.ts';
import { memoryTables } from './report/memory-tables.ts';
import { markdownTable, plainTable } from './report/table.ts';
import { runMemory, WINDOWS } from './run-memory.ts';

endWithNx();
const command = benchCommand(
  'bench:memory',
  'Sends requests through the local stage and looks whether its memory stays flat.',
)
  .option('--requests <number>', 'how many', integerFrom(WINDOWS), 200_000)
  .option(
    '--environments <number>',
    'most execution environments of the stage',
    integerFrom(1),
    defaultEnvironments(),
  );
command.parse(process.argv);
const options = command.opts<{ requests: number; environments: number; markdown: boolean }>();
const load = startLoadProcess();

try {
  const heading = `${describeMachine()}; ${options.environments} execution environments`;
  console.log(heading);
  const setting = { environments: options.environments, handler: findDeployedHandler(), load };
  const outcome = await runMemory(options.requests, setting, (window) =>
    console.error(`${window.requests} requests  live heap ${megabytesText(window.liveHeapBytes)} MB`),
  );
  const tables = memoryTables(outcome);
  for (const table of tables) console.log(`\n${plainTable(table)}`);
  if (options.markdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await load.stop();
}
