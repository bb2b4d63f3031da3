import { Command } from 'commander';

/** A command of this project with what all of them have. Bad input ends the process with exit code 2. */
export function benchCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--markdown', 'prints the tables once more, as markdown', false)
    .allowExcessArguments(false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}

/** `a, b` → its names. */
export function namesIn(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
