import { benchPlan } from './bench-plan.ts';
import { parseBenchOptions } from './bench-options.ts';
import { SPILLWAY } from './contestants/roster.ts';
import { findDeployedHandler } from './deployed-handler.ts';
import { endWithNx } from './end-with-nx.ts';
import { startLoadProcess } from './load/load-process.ts';
import { benchTables } from './report/bench-tables.ts';
import { describeMachine } from './report/machine.ts';
import { markdownTable, plainTable } from './report/table.ts';
import { runBench } from './run-bench.ts';

endWithNx();
const options = parseBenchOptions(process.argv);
const plan = benchPlan(options.rounds, options.seconds);
const heading =
  `${describeMachine()}; ${plan.rounds} rounds of ${options.seconds} s, ` +
  `${options.environments} execution environments, entries of 1,024 bytes`;
const load = startLoadProcess();

try {
  const setting = { plan, environments: options.environments, handler: findDeployedHandler(), load };
  console.log(heading);
  const outcome = await runBench(options.field, setting, (line) => console.error(line));
  const tables = benchTables(outcome.runs, {
    ...outcome,
    spillwayRuns: outcome.runs.filter(({ name }) => name.startsWith(SPILLWAY)),
    openRatesPerSecond: plan.openRatesPerSecond,
  });
  for (const table of tables) console.log(`\n${plainTable(table)}`);
  const versions = new Map(outcome.runs.map(({ name, version }) => [name, version]));
  console.log(`\n${[...versions].map(([name, version]) => `${name}: ${version}`).join('\n')}`);
  if (options.isMarkdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);
  for (const { name, round, reason } of outcome.failures) {
    console.error(`${name}, round ${round}, could not be measured: ${reason}`);
  }
  // Speed is never a reason to fail; a contestant that broke is.
  process.exitCode = outcome.failures.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await load.stop();
}
