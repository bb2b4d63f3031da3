import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { argumentProblem } from '../src/docs/check-arguments.ts';
import { awsProblem } from '../src/docs/check-aws-command.ts';
import { readHelp, type Help } from '../src/docs/check-options.ts';
import { meaningOf } from '../src/docs/command-meaning.ts';
import { readMarkdown } from '../src/docs/read-markdown.ts';
import { readProjects } from '../src/docs/read-projects.ts';
import { PLACEHOLDER, simpleCommands } from '../src/docs/simple-commands.ts';

const root = resolve(__dirname, '../../..');
const run = promisify(execFile);

/** Where a path may count from: the root, the README's folder, its sources. */
const BASES = [() => '.', dirname, (file: string) => join(dirname(file), 'src')];

/** What a build, a synthesis, a test or a run makes. */
const MADE = /(^|\/)(dist|cdk\.out|out-tsc|test-output|results)(\/|$)/;

const files = ['README.md', 'docs/**/*.md', '.github/*.md', '{apps,libs,tools}/**/README.md'].flatMap(
  (pattern) =>
    globSync(pattern, {
      cwd: root,
      exclude: (path) => path.endsWith('node_modules') || MADE.test(path),
    }).sort(),
);
const facts = new Map(files.map((file) => [file, readMarkdown(readFileSync(join(root, file), 'utf8'))]));
const factsOf = (file: string) => facts.get(file) ?? readMarkdown(readFileSync(join(root, file), 'utf8'));

const projects = readProjects(root);
const stages = Object.keys(
  JSON.parse(readFileSync(join(root, 'apps/infra/config/stages.json'), 'utf8')) as object,
);
const helps = new Map<string, Promise<Help>>();

/** Help of a shell line; of each once. */
function helpOf(line: string): Promise<Help> {
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  const asked =
    helps.get(line) ??
    run('bash', ['-c', `${line} --help`], { cwd: root, env: { ...process.env, PATH } }).then(
      ({ stdout }) => readHelp(stdout),
      // A program without options of that name says how it is used, and fails.
      ({ stdout, stderr }: { stdout: string; stderr: string }) => readHelp(`${stdout}${stderr}`),
    );
  helps.set(line, asked);
  return asked;
}

async function problemOf(words: readonly string[]): Promise<string | null> {
  const meaning = meaningOf(words, projects);
  if (meaning.kind === 'foreign') return null;
  if (meaning.kind === 'wrong') return meaning.problem;
  if (meaning.kind === 'aws') return awsProblem(meaning.args);
  if (meaning.kind === 'program' && !existsSync(join(root, 'node_modules/.bin', meaning.name)))
    return `no program ${meaning.name}`;
  const file = meaning.args.find((word) => /^(apps|libs|tools|docs)\//.test(word) && isAbsent(word));
  if (file !== undefined) return `no file ${file}`;
  const stage = meaning.args
    .map((word) => /^--stage=(.*)$/.exec(word)?.[1])
    .find((name) => name !== undefined);
  if (stage !== undefined && stage !== PLACEHOLDER && !stages.includes(stage)) return `no stage ${stage}`;
  return argumentProblem(meaning, projects, helpOf);
}

function isAbsent(path: string): boolean {
  return !MADE.test(path) && !existsSync(join(root, path));
}

/** What a link leads to: the file, and the anchor in it. */
function linkProblem(from: string, target: string): string | null {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (isAbsent(file)) return `${target} leads nowhere`;
  if (anchor === undefined || !file.endsWith('.md')) return null;
  return factsOf(file).anchors.has(anchor) ? null : `${target}: no heading there`;
}

describe('the documents', () => {
  it('are found', () => {
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'docs/first-deployment.md', 'apps/infra/README.md']),
    );
  });

  it.each(files)('%s points at what is there', (file) => {
    const { links, paths } = factsOf(file);
    const problems = [
      ...links.map(({ line, text }) => ({ line, problem: linkProblem(file, text) })),
      ...paths.map(({ line, text }) => ({
        line,
        problem: BASES.every((base) => isAbsent(join(base(file), text))) ? `${text} is not there` : null,
      })),
    ];
    expect(problems.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  it.each(files)('%s gives commands that exist, with options that they take', async (file) => {
    const problems: string[] = [];
    for (const { line, text } of factsOf(file).commands) {
      for (const words of simpleCommands(text)) {
        const problem = await problemOf(words);
        if (problem !== null) problems.push(`${file}:${line}: ${words.join(' ')}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  });
});
