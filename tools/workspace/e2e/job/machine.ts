import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Programs that only pretend; what they do is a few lines of bash. */
export type Commands = Readonly<Record<string, string>>;

/** Where git is on this machine: what a pretended git hands its work on to. */
export const GIT = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** How GitHub starts a script, by what its step calls the shell. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--noprofile', '--norc', '-eo', 'pipefail'],
};

/** A runner of its own: an empty checkout, pretended programs, and the files that GitHub reads. */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), 'spillway-job-'));
  /** Where the checkout would be. */
  readonly checkout = join(this.root, 'checkout');
  readonly temp = join(this.root, 'temp');
  readonly #calls = join(this.root, 'calls');
  #scripts = 0;

  constructor(commands: Commands) {
    mkdirSync(this.checkout);
    mkdirSync(this.temp);
    mkdirSync(join(this.root, 'bin'));
    for (const [name, script] of Object.entries({
      npx: '',
      npm: '',
      node: '',
      gh: '',
      aws: '',
      git: '',
      ...commands,
    })) {
      const path = join(this.root, 'bin', name);
      // One line a call, whatever is in its arguments.
      writeFileSync(path, `#!/usr/bin/env bash\necho ${name} $* >> '${this.#calls}'\n${script}\n`);
      chmodSync(path, 0o755);
    }
  }

  /** Writes a file of the checkout. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.checkout, path)), { recursive: true });
    writeFileSync(join(this.checkout, path), text);
  }

  /** What an action of somebody else's would have done; it is noted like a call. */
  note(call: string): void {
    writeFileSync(this.#calls, `${call}\n`, { flag: 'a' });
  }

  /** Calls of programs and actions so far, in order. */
  get calls(): string[] {
    return readText(this.#calls).split('\n').filter(Boolean);
  }

  get summary(): string {
    return readText(join(this.root, 'summary'));
  }

  /** Runs a step's script as GitHub does. */
  run(script: string, shell: string | undefined, variables: Readonly<Record<string, string>>) {
    this.#scripts += 1;
    const file = join(this.root, `script-${this.#scripts}.sh`);
    const output = join(this.root, `output-${this.#scripts}`);
    writeFileSync(file, script);
    const options = shell === undefined ? ['-e'] : SHELLS[shell];
    if (options === undefined)
      throw new Error(`shell ${shell}: found, want one of ${Object.keys(SHELLS).join(', ')}`);
    const { status, stdout, stderr } = spawnSync('bash', [...options, file], {
      cwd: this.checkout,
      encoding: 'utf8',
      env: {
        PATH: `${join(this.root, 'bin')}:${process.env['PATH']}`,
        HOME: this.root,
        RUNNER_TEMP: this.temp,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(this.root, 'summary'),
        ...variables,
      },
    });
    return { isGood: status === 0, text: stdout + stderr, outputs: parseOutputs(readText(output)) };
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Lines `name=value`; a later one wins. */
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
