import { readHelp, unknownOptions } from './check-options.ts';

const help = readHelp(
  'Usage: a [options] [command]\n\nOptions:\n  -t, --time <ms>  how long (see --until)\n  --until=<end>\n\nCommands:\n  go [where]  goes\n  come-back   comes\n',
);

describe('readHelp', () => {
  it('finds options and subcommands', () => {
    expect([...help.options]).toEqual(['t', 'time', 'until']);
    expect([...help.subcommands]).toEqual(['go', 'come-back']);
  });
});

describe('unknownOptions', () => {
  it.each<[string[], string[]]>([
    [['--time=3', '-t', '3', 'go', '--until', 'x-y'], []],
    [
      ['--times=3', '-x'],
      ['--times', '-x'],
    ],
  ])('of %j', (args, unknown) => expect(unknownOptions(args, [help])).toEqual(unknown));

  it('takes what one of several helps names', () => {
    expect(unknownOptions(['--time', '--other'], [help, readHelp('--other')])).toEqual([]);
  });
});
