import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runPack } from './run-pack.ts';

export const workspace = resolve(__dirname, '../../..');
const STEP_TIMEOUT_MS = 60_000;

const strict = { target: 'es2022', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false };
/** Two consumers: one that a bundler builds for browsers, one that runs in Node and knows no DOM. */
const tsconfigs = {
  bundler: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [], noEmit: true },
  node16: { module: 'node16', moduleResolution: 'node16', lib: ['es2022'], types: ['node'], outDir: 'out' },
};

/**
 * A project of somebody else: in a folder outside the workspace, with the packed packages installed and no network
 * needed, since what they depend on is copied from the workspace.
 */
export class ConsumerProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'spillway-consumer-'));

  /** Packs a project into a folder of its own. @returns the tarball's path */
  pack(project: string, into: string): string {
    const out = join(this.folder, into);
    const { status, stderr } = runPack(join(workspace, project), `--out=${out}`);
    if (status !== 0) throw new Error(`${project} can't be packed:\n${stderr}`);
    return join(out, `spillway-${project.split('/').at(-1)}-0.0.0.tgz`);
  }

  install(tarballs: readonly string[]): void {
    const manifests = tarballs.map((tarball) => join(tarball, '../package/package.json'));
    const wanted = [...manifests.flatMap(dependenciesOf), '@types/node'];
    const foreign = [...new Set(wanted.flatMap(withDependencies))];
    const dependencies = Object.fromEntries([
      ...tarballs.map((tarball, at) => [nameOf(manifests[at] ?? ''), `file:${tarball}`]),
      ...foreign.map((name) => [name, `file:${join(workspace, 'node_modules', name)}`]),
    ]);
    this.#write('package.json', { name: 'consumer', private: true, type: 'module', dependencies });
    const options = ['--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...options], this.#inFolder());
    cpSync(join(__dirname, 'consumer'), join(this.folder, 'src'), { recursive: true });
    for (const [name, options_] of Object.entries(tsconfigs)) {
      const compilerOptions = { ...strict, verbatimModuleSyntax: true, rootDir: 'src', ...options_ };
      this.#write(`tsconfig.${name}.json`, { compilerOptions, include: ['src'] });
    }
  }

  /**
   * Compiles the sources.
   * @returns the compiler's findings, empty only where it ran and had none
   * @throws where it did not run to its end
   */
  compile(resolution: keyof typeof tsconfigs): string {
    const tsc = join(workspace, 'node_modules/.bin/tsc');
    return findingsOf(spawnSync(tsc, ['-p', `tsconfig.${resolution}.json`], this.#inFolder()));
  }

  /** Runs a compiled program. @returns what it printed */
  run(program: string): string {
    return execFileSync(process.execPath, [join('out', program)], this.#inFolder());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #inFolder() {
    return { cwd: this.folder, encoding: 'utf8', timeout: STEP_TIMEOUT_MS, stdio: 'pipe' } as const;
  }

  #write(file: string, json: unknown): void {
    writeFileSync(join(this.folder, file), JSON.stringify(json, null, 2));
  }
}

/**
 * What a compiler that has ended found.
 * @throws where it was not started, or was killed
 */
export function findingsOf({
  status,
  signal,
  error,
  stdout,
  stderr,
}: Pick<SpawnSyncReturns<string>, 'status' | 'signal' | 'error' | 'stdout' | 'stderr'>): string {
  if (status === 0) return '';
  if (status === null)
    throw new Error(`the compiler did not run to its end: ${signal ?? error}`, { cause: error });
  return `${stdout}${stderr}`.trim() || `the compiler ended with ${status} and said nothing`;
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

function nameOf(manifest: string): string {
  return readManifest(manifest).name;
}

/** Names of the packages that a manifest asks for, Spillway's own left out. */
function dependenciesOf(manifest: string): readonly string[] {
  const { dependencies = {} } = readManifest(manifest);
  return Object.keys(dependencies).filter((name) => !name.startsWith('@spillway/'));
}

/** A package, and all that it needs. */
function withDependencies(name: string): readonly string[] {
  const manifest = join(workspace, 'node_modules', name, 'package.json');
  return [name, ...dependenciesOf(manifest).flatMap(withDependencies)];
}
