import { benchCommand } from './bench-command.ts';
import { endWithNx } from './end-with-nx.ts';
import { createEntriesTable, storedIds } from './engine/entries-table.ts';
import { startEngine } from './engine/start-engine.ts';
import { buildHandlers } from './handler/build-handlers.ts';
import { entriesOf, measureRound, type HandlerPlan, type HandlerRound } from './handler/measure-handlers.ts';
import { integerFrom } from './integer-option.ts';
import { handlerTables } from './report/handler-tables.ts';
import { describeMachine } from './report/machine.ts';
import { markdownTable, plainTable } from './report/table.ts';
import { makeScratch, removeScratch } from './scratch-directory.ts';

endWithNx();
const command = benchCommand(
  'bench:handler',
  'Measures what the function costs beside the smallest handler that stores an entry: to start, and an invocation.',
)
  .option('--rounds <number>', 'of all handlers in turn', integerFrom(1), 10)
  .option('--invocations <number>', 'measured in each environment, as many warm it up', integerFrom(1), 2_000)
  .option('--starts <number>', 'further ones of each handler in a round', integerFrom(0), 5);
command.parse(process.argv);
const options = command.opts<HandlerPlan & { readonly markdown: boolean }>();
const scratch = makeScratch();

try {
  const heading = describeMachine();
  console.log(heading);
  const handlers = await buildHandlers(scratch);
  const engine = await startEngine(scratch);
  const rounds: HandlerRound[] = [];
  try {
    await createEntriesTable(engine.endpoint);
    const site = { directory: scratch, engineEndpoint: engine.endpoint };
    while (rounds.length < options.rounds) {
      rounds.push(await measureRound(site, handlers, options, rounds.length + 1));
      console.error(`round ${rounds.length} of ${options.rounds}`);
    }
    const acknowledged = rounds.reduce((sum, round) => sum + entriesOf(round), 0);
    const stored = (await storedIds(engine.endpoint)).size;
    if (stored !== acknowledged) throw new Error(`found ${stored} entries, want the ${acknowledged} sent`);
  } finally {
    await engine.stop();
  }
  const tables = handlerTables(handlers, rounds);
  for (const table of tables) console.log(`\n${plainTable(table)}`);
  if (options.markdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  removeScratch(scratch);
}
