import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { withCompiledImports } from './declaration-imports.ts';
import { COMPILED_FOLDER } from './published-manifest.ts';

/** File in which the compiler remembers what it has written. */
export const BUILD_INFO = 'tsconfig.tsbuildinfo';

const COMPILE_TIMEOUT_MS = 120_000;

const projectConfigSchema = z.looseObject({
  references: z.array(z.looseObject({ path: z.string() })).default([]),
});

export interface Compilation {
  /** Folder with `node_modules`. */
  readonly workspace: string;
  /** Folder of the project, with its `tsconfig.lib.json`. */
  readonly project: string;
  /** Sources to start from, relative to the project: what none of them imports is left out. */
  readonly entryPoints: readonly string[];
  /** Folder for what is in between, with the package in `package/`. */
  readonly out: string;
}

/** The compiler found errors. */
export class CompileError extends Error {
  readonly code = 'PACKAGE_NOT_COMPILED';

  constructor(project: string, output: string, cause: unknown) {
    super(`${project} does not compile:\n${output}`, { cause });
  }
}

/**
 * Compiles a project into one module and one declaration file for each source, so that a bundler can drop whole
 * modules.
 * @throws CompileError
 */
export async function compileSources({ workspace, project, entryPoints, out }: Compilation): Promise<void> {
  const baseConfig = join(project, 'tsconfig.lib.json');
  const { references } = projectConfigSchema.parse(JSON.parse(readFileSync(baseConfig, 'utf8')));
  const compiled = join(out, 'package', COMPILED_FOLDER);
  const config = join(out, 'tsconfig.json');
  const options = {
    extends: baseConfig,
    compilerOptions: {
      composite: false,
      incremental: true,
      rootDir: join(project, 'src'),
      outDir: compiled,
      tsBuildInfoFile: join(out, BUILD_INFO),
      emitDeclarationOnly: false,
      rewriteRelativeImportExtensions: true,
    },
    files: entryPoints.map((source) => join(project, source)),
    include: [],
    references: references.map(({ path }) => ({ path: resolve(project, path) })),
  };
  writeFileSync(config, JSON.stringify(options, null, 2));
  try {
    // As a build, because the projects it refers to must be there first.
    await promisify(execFile)(join(workspace, 'node_modules/.bin/tsgo'), ['--build', config], {
      cwd: workspace,
      timeout: COMPILE_TIMEOUT_MS,
    });
  } catch (error) {
    throw new CompileError(project, outputOf(error), error);
  }
  for (const file of readdirSync(compiled, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(compiled, file);
    writeFileSync(path, withCompiledImports(readFileSync(path, 'utf8')));
  }
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  return `${stdout}${stderr}`.trim() || String(error);
}
