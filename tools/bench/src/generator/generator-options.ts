import { InvalidArgumentError, Option } from 'commander';
import { benchCommand, namesIn } from '../bench-command.ts';
import { integerFrom } from '../integer-option.ts';
import { generatorPlan, PARTS, type GeneratorPlan, type Part } from './generator-plan.ts';
import type { LoadTool } from './tools/load-tool.ts';
import { chooseTools, TOOL_NAMES, TOOLS } from './tools/roster.ts';

export interface GeneratorOptions {
  readonly plan: GeneratorPlan;
  readonly parts: readonly Part[];
  readonly tools: readonly LoadTool[];
  readonly isMarkdown: boolean;
}

/** The arguments → what is measured, and for how long. Bad input ends the process with exit code 2. */
export function parseGeneratorOptions(argv: readonly string[]): GeneratorOptions {
  const command = benchCommand(
    'bench:generator',
    'Compares the load generator with other programs that send load, each on one core, in turn.',
  )
    .option('--rounds <number>', 'rounds', integerFrom(1), 3)
    .option('--seconds <number>', 'of each load', integerFrom(1), 10)
    .addOption(
      new Option('--quick', 'a look: one round of 2 s, coarse search').implies({ rounds: 1, seconds: 2 }),
    )
    .option('--only <parts>', `some of ${PARTS.join(', ')}`, readParts, PARTS)
    .option('--tools <names>', `some of ${TOOL_NAMES.join(', ')}`, readTools, TOOLS);
  command.parse(argv);
  const options = command.opts<{
    rounds: number;
    seconds: number;
    quick?: true;
    only: readonly Part[];
    tools: readonly LoadTool[];
    markdown: boolean;
  }>();
  const { rounds, seconds, quick = false, only: parts, tools, markdown: isMarkdown } = options;
  return { plan: generatorPlan(rounds, seconds, quick), parts, tools, isMarkdown };
}

function readTools(text: string): readonly LoadTool[] {
  const tools = chooseTools(namesIn(text));
  if (tools !== null) return tools;
  throw new InvalidArgumentError(`Want some of ${TOOL_NAMES.join(', ')}.`);
}

function readParts(text: string): readonly Part[] {
  const names = namesIn(text);
  const parts = PARTS.filter((part) => names.includes(part));
  if (parts.length === new Set(names).size) return parts;
  throw new InvalidArgumentError(`Want some of ${PARTS.join(', ')}.`);
}
