import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-ci-run-'));
const staleCounts = join(scratch, 'libs/gone/test-output/unit/counts.json');
const calls = join(scratch, 'calls');

/** Exit codes of the commands that the script calls, and the counts that the test suites leave. */
interface Outcome {
  readonly install: number;
  readonly tests: number;
  readonly mainJob: number;
  readonly counts: readonly { readonly passed: number; readonly failed: number }[];
}

const fine: Outcome = { install: 0, tests: 0, mainJob: 0, counts: [{ passed: 3, failed: 0 }] };

function writeFile(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function writeCommand(name: string, script: string): void {
  const path = join(scratch, 'bin', name);
  writeFile(path, `#!/usr/bin/env bash\necho "${name} $* CI=$CI" >> '${calls}'\n${script}\n`);
  chmodSync(path, 0o755);
}

/** Runs the real script in a copy of the workspace whose npm and npx only pretend. */
function ciRun(change: Partial<Outcome> = {}) {
  const { install, tests, mainJob, counts } = { ...fine, ...change };
  writeFile(staleCounts, '{"passed":1000,"failed":1000}');
  const leaveCounts = counts.map(({ passed, failed }, index) => {
    const folder = `apps/app${index}/test-output/unit`;
    return `mkdir -p ${folder}; echo '{"passed":${passed},"failed":${failed}}' > ${folder}/counts.json`;
  });
  writeCommand('npm', [`[ "$1" = ci ] && exit ${install}`, ...leaveCounts, `exit ${tests}`].join('\n'));
  writeCommand('npx', `exit ${mainJob}`);
  const env = { ...process.env, PATH: `${join(scratch, 'bin')}:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [join(scratch, '.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

beforeEach(() => {
  rmSync(scratch, { recursive: true, force: true });
  for (const path of ['.ci/run', 'tools/jest/sum-counts.cjs']) {
    cpSync(join(root, path), join(scratch, path));
  }
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('.ci/run', () => {
  it('installs, tests and runs the main job, in that order, as CI', () => {
    ciRun();
    expect(readFileSync(calls, 'utf8')).toBe(
      'npm ci CI=true\nnpm test CI=true\nnpx nx run loadtest --profile=quick CI=true\n',
    );
  });

  it('forgets the counts of an earlier run', () => {
    expect(ciRun().lines).toEqual(['4 passed, 0 failed']);
    expect(existsSync(staleCounts)).toBe(false);
  });

  it.each<[string, Partial<Outcome>, string, number]>([
    ['all is well', {}, '4 passed, 0 failed', 0],
    [
      'there are many suites',
      { counts: [fine.counts[0]!, { passed: 4, failed: 0 }] },
      '8 passed, 0 failed',
      0,
    ],
    ['tests fail', { tests: 1, counts: [{ passed: 3, failed: 2 }] }, '4 passed, 2 failed', 1],
    ['tests fail and yet npm test passes', { counts: [{ passed: 3, failed: 2 }] }, '4 passed, 2 failed', 1],
    ['lint fails', { tests: 1 }, '4 passed, 1 failed', 1],
    ['the main job fails', { mainJob: 3 }, '3 passed, 1 failed', 1],
    ['everything fails', { tests: 1, mainJob: 1, counts: [] }, '0 passed, 2 failed', 1],
    ['the install fails', { install: 1 }, '0 passed, 2 failed', 1],
  ])('ends with its one line where %s', (_why, outcome, line, exitCode) => {
    const { status, lines } = ciRun(outcome);
    expect({ status, last: lines.at(-1) }).toEqual({ status: exitCode, last: line });
    expect(lines.filter((text) => /^\d+ passed, \d+ failed$/.test(text))).toHaveLength(1);
  });
});
