import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions } from 'esbuild';

/**
 * The function's `build` target as options of esbuild, without where to write to.
 * @param projectDirectory of this project, absolute
 */
export function readBuildOptions(projectDirectory: string): BuildOptions {
  const project = JSON.parse(readFileSync(path.join(projectDirectory, 'project.json'), 'utf8'));
  const { main, tsConfig, platform, target, format, minify, esbuildOptions } = project.targets.build.options;
  return {
    absWorkingDir: path.resolve(projectDirectory, '../..'),
    entryPoints: [main],
    bundle: true,
    ...{ tsconfig: tsConfig, platform, target, format: format[0], minify },
    ...esbuildOptions,
  };
}
