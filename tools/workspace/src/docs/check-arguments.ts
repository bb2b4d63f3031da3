import { unknownOptions, type Help } from './check-options.ts';
import type { Meaning, Projects } from './command-meaning.ts';
import { PLACEHOLDER } from './simple-commands.ts';

/** Programs whose first word is always a command of theirs, which has a help of its own. */
const BY_SUBCOMMAND = new Set(['cdk', 'artillery']);

/** Commands that pass on what they don't know to the CDK's command of that name. */
const PASSED_ON = /src\/cdk\.ts (\w+)$/;

/**
 * What is wrong with the arguments of a command, by the help of the program that takes them; null where nothing is.
 * @param helpOf asked for a shell line, to which it adds `--help`
 */
export async function argumentProblem(
  meaning: Extract<Meaning, { kind: 'target' | 'program' }>,
  projects: Projects,
  helpOf: (line: string) => Promise<Help>,
): Promise<string | null> {
  const { args } = meaning;
  const [first = ''] = args;
  if (args.length === 0) return null;
  const line =
    meaning.kind === 'program' ? meaning.name : (projects.get(meaning.project)?.get(meaning.target) ?? null);
  if (line === null) return `its target takes no arguments, found ${args.join(' ')}`;
  if (BY_SUBCOMMAND.has(line)) return optionProblem(args, [await helpOf(`${line} ${first}`)]);
  const help = await helpOf(line);
  const isWord = !first.startsWith('-') && first !== PLACEHOLDER && first !== 'help';
  if (isWord && help.subcommands.size > 0 && !help.subcommands.has(first)) return `no command "${first}"`;
  const further = [
    ...(help.subcommands.has(first) ? [`${line} ${first}`] : []),
    ...(PASSED_ON.exec(line)?.slice(1) ?? []).map((verb) => `cdk ${verb}`),
  ];
  return optionProblem(args, [help, ...(await Promise.all(further.map(helpOf)))]);
}

function optionProblem(args: readonly string[], helps: readonly Help[]): string | null {
  const unknown = unknownOptions(args, helps).filter((option) => option !== '--help');
  return unknown.length === 0 ? null : `no option ${unknown.join(', ')}`;
}
