import { argumentProblem } from './check-arguments.ts';
import type { Projects } from './command-meaning.ts';

const projects: Projects = new Map([
  [
    'tool',
    new Map([
      ['run', 'tool'],
      ['test', null],
      ['deploy', 'node src/cdk.ts deploy'],
    ]),
  ],
]);
const helps: Readonly<Record<string, readonly [string[], string[]]>> = {
  tool: [['root'], ['go']],
  'tool go': [['far'], []],
  'node src/cdk.ts deploy': [['stage'], []],
  'cdk deploy': [['revert-drift'], []],
  'cdk drift': [['app'], []],
};
const helpOf = async (line: string) => {
  const [options, subcommands] = helps[line] ?? [];
  return { options: new Set(options), subcommands: new Set(subcommands) };
};
const problem = (target: string, ...args: string[]) =>
  argumentProblem({ kind: 'target', project: 'tool', target, args }, projects, helpOf);

describe('argumentProblem', () => {
  it.each<[string, string[], string | null]>([
    ['run', [], null],
    ['test', [], null],
    ['run', ['--root=1'], null],
    ['run', ['go', '--far', '--root'], null],
    ['run', ['help', 'go'], null],
    ['deploy', ['--stage=dev', '--revert-drift'], null],
    ['test', ['--watch'], 'its target takes no arguments, found --watch'],
    ['run', ['--far'], 'no option --far'],
    ['run', ['come'], 'no command "come"'],
    ['deploy', ['--revert'], 'no option --revert'],
  ])('of %s %j is %s', async (target, args, wanted) => expect(await problem(target, ...args)).toBe(wanted));

  it("asks the CDK for its command's own help", async () => {
    const cdk = (...args: string[]) =>
      argumentProblem({ kind: 'program', name: 'cdk', args }, projects, helpOf);
    expect(await cdk('drift', '--app=x')).toBeNull();
    expect(await cdk('drift', '--apps=x')).toBe('no option --apps');
  });
});
