/** What a command's `--help` says that it takes. */
export interface Help {
  readonly options: ReadonlySet<string>;
  readonly subcommands: ReadonlySet<string>;
}

/** Help as commander and yargs print it → what it names. */
export function readHelp(text: string): Help {
  const [, commands = ''] = text.split(/^Commands:$/m);
  return {
    options: new Set([...text.matchAll(/(?<![\w-])--?([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name)),
    subcommands: new Set([...commands.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name)),
  };
}

/** Options among the arguments that no help names, each as it was written. */
export function unknownOptions(args: readonly string[], helps: readonly Help[]): readonly string[] {
  return args
    .filter((word) => word.startsWith('-'))
    .map((word) => word.split('=')[0] ?? word)
    .filter((option) => !helps.some(({ options }) => options.has(option.replace(/^--?/, ''))));
}
