import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';
import { SCENARIO_FILES } from '../step-command.ts';

/** The engine was not built, so that there is nothing to install on the runners. */
export class EngineNotBuiltError extends Error {
  readonly code = 'ENGINE_NOT_BUILT';

  constructor(directory: string, cause: unknown) {
    super(`${directory}: found no built engine, want package.json and engine.js; run npx nx build loadtest`, {
      cause,
    });
    this.name = 'EngineNotBuiltError';
  }
}

/**
 * Writes what Artillery uploads for its workers: the scenarios, the packed engine, and a package.json by which they
 * install it. Artillery takes along the script, what its `includeFiles` name and the package.json beside it.
 * @param engine folder of the built engine
 * @throws EngineNotBuiltError
 */
export async function writeTestBundle(bundle: string, engine: string): Promise<void> {
  await mkdir(bundle, { recursive: true });
  const tarball = await pack(engine, bundle);
  const dependencies = { 'artillery-engine-spillway': `file:./${tarball}` };
  await writeFile(
    path.join(bundle, 'package.json'),
    `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`,
  );
  for (const file of SCENARIO_FILES) {
    const scenario = parseDocument(await readFile(file, 'utf8'));
    scenario.setIn(['config', 'includeFiles'], [tarball]);
    await writeFile(path.join(bundle, path.basename(file)), String(scenario));
  }
}

/** @returns name of the tarball, in the bundle */
async function pack(engine: string, bundle: string): Promise<string> {
  try {
    await stat(path.join(engine, 'engine.js'));
  } catch (cause) {
    throw new EngineNotBuiltError(engine, cause);
  }
  const args = ['pack', engine, '--json', `--pack-destination=${bundle}`];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: bundle });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return filename;
}
