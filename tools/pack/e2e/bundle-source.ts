import { buildSync, type BuildOptions } from 'esbuild';
import { join } from 'node:path';

/**
 * Bundles a source of a consumer project as one would for browsers.
 * @returns the code, whose code is in it, and what it still imports
 */
export function bundleSource(folder: string, source: string, options: BuildOptions) {
  const { metafile, outputFiles } = buildSync({
    entryPoints: [join(folder, 'src', source)],
    absWorkingDir: folder,
    tsconfig: join(folder, 'tsconfig.bundler.json'),
    bundle: true,
    minify: true,
    format: 'esm',
    logLevel: 'silent',
    ...options,
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const packages = Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return {
    text: outputFiles[0]?.text ?? '',
    packages: [...new Set(packages)].sort(),
    imports: output?.imports,
  };
}
