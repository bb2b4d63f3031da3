import { CommanderError, type Command } from 'commander';
import { resolve } from 'node:path';
import { commandLine } from './command-line.ts';
import { paintFor } from './diff-text.ts';

const USAGE_ERROR = 2;

const surroundings = {
  workspace: resolve(import.meta.dirname, '../../..'),
  nowMs: Date.now(),
  paint: paintFor(process.stdout),
  print: (text: string) => process.stdout.write(`${text}\n`),
};
const program = commandLine(surroundings, (exitCode) => {
  process.exitCode = exitCode;
});
for (const command of [program, ...program.commands]) throwInsteadOfExit(command);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** So that this file alone decides the exit code. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
}
