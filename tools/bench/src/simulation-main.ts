import { InvalidArgumentError } from 'commander';
import { benchCommand } from './bench-command.ts';
import { endWithNx } from './end-with-nx.ts';
import { integerFrom } from './integer-option.ts';
import { describeMachine } from './report/machine.ts';
import { simulationTables } from './report/simulation-tables.ts';
import { markdownTable, plainTable } from './report/table.ts';
import { measureSimulation } from './simulation/measure-simulation.ts';
import { simulatedLoads } from './simulation/simulated-loads.ts';

endWithNx();
const command = benchCommand(
  'bench:simulate',
  'Measures how many requests throttle simulate goes through in a second of CPU, against a plain event loop.',
)
  .option('--rounds <number>', 'measured ones, after one that warms up', integerFrom(1), 5)
  .option('--share <ratio>', 'of the full loads of 2 to 4 million requests', shareOfLoad, 1);
command.parse(process.argv);
const options = command.opts<{ rounds: number; share: number; markdown: boolean }>();

const heading = describeMachine();
console.log(heading);
const loads = simulatedLoads(options.share);
// The first compiles; all loads are seen before any is measured, as in a process that simulates several.
for (const load of loads) measureSimulation(load, 0);
const findings = loads.map((load) => {
  const rounds = Array.from({ length: options.rounds }, (_, index) => measureSimulation(load, index + 1));
  console.error(load.name);
  return { name: load.name, rounds };
});
const tables = simulationTables(findings, options.share);
for (const table of tables) console.log(`\n${plainTable(table)}`);
if (options.markdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);

function shareOfLoad(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('Want a number above 0, at most 1.');
}
