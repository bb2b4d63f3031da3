import { endWithNx } from './end-with-nx.ts';
import { bindCores, describeCores } from './generator/cores.ts';
import { parseGeneratorOptions } from './generator/generator-options.ts';
import { generatorTables } from './generator/report/generator-tables.ts';
import { runGeneratorBench } from './generator/run-generator-bench.ts';
import { startNullServer } from './generator/server/null-server.ts';
import type { LoadTool } from './generator/tools/load-tool.ts';
import { describeMachine } from './report/machine.ts';
import { markdownTable, plainTable } from './report/table.ts';

endWithNx();
const { plan, parts, tools, isMarkdown } = parseGeneratorOptions(process.argv);
const absent = new Map<LoadTool, string>();
for (const tool of tools) {
  const reason = await tool.install();
  if (reason !== null) absent.set(tool, reason);
}
// Asked first: bound to a core, this process would count no other.
const machine = describeMachine();
const cores = bindCores();
const server = await startNullServer();

try {
  const heading =
    `${machine}; ${plan.rounds} rounds of ${plan.holdMs / 1000} s, entries of 1,024 bytes; ` +
    describeCores(cores);
  console.log(heading);
  const setting = { plan, parts, tools: tools.filter((tool) => !absent.has(tool)), arena: { server, cores } };
  const outcome = await runGeneratorBench(setting, (line) => console.error(line));
  const tables = generatorTables(outcome.findings);
  for (const table of tables) console.log(`\n${plainTable(table)}`);
  const versions = tools.map((tool) => `${tool.name}: ${absent.get(tool) ?? tool.version()}`);
  console.log(`\n${versions.join('\n')}`);
  if (isMarkdown) console.log(`\n${[heading, ...tables.map(markdownTable)].join('\n\n')}`);
  for (const { what, round, reason } of outcome.failures) {
    console.error(`${what}, round ${round}, could not be measured: ${reason}`);
  }
  // No figure is a reason to fail; a tool that broke is.
  process.exitCode = outcome.failures.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await server.stop();
}
