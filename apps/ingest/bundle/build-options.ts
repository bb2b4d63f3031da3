import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions } from 'esbuild';
import * as z from 'zod';

/**
 * What of the `build` target decides how the bundle comes out. Strict, so that no option is added that the bundles
 * built here would lack; tools/bench, which may not import an app, reads the same options the same way.
 */
const projectSchema = z.looseObject({
  targets: z.looseObject({
    build: z.looseObject({
      options: z.strictObject({
        main: z.string(),
        tsConfig: z.string(),
        outputPath: z.string(),
        outputFileName: z.string(),
        bundle: z.literal(true),
        thirdParty: z.literal(true),
        platform: z.literal('node'),
        target: z.string(),
        format: z.tuple([z.enum(['cjs', 'esm'])]),
        minify: z.boolean(),
        skipTypeCheck: z.literal(true),
        declaration: z.literal(false),
        generatePackageJson: z.literal(false),
        deleteOutputPath: z.literal(true),
        esbuildOptions: z.strictObject({
          mainFields: z.array(z.string()),
          alias: z.record(z.string(), z.string()),
          external: z.array(z.string()),
        }),
      }),
    }),
  }),
});

/**
 * The function's `build` target as options of esbuild, without where to write to.
 * @param projectDirectory of this project, absolute
 * @throws ZodError if the target has an option that is not known here
 */
export function readBuildOptions(projectDirectory: string): BuildOptions {
  const project = readFileSync(path.join(projectDirectory, 'project.json'), 'utf8');
  const { options } = projectSchema.parse(JSON.parse(project)).targets.build;
  const { main, tsConfig, platform, target, format, minify, esbuildOptions } = options;
  return {
    absWorkingDir: path.resolve(projectDirectory, '../..'),
    entryPoints: [main],
    bundle: true,
    ...{ tsconfig: tsConfig, platform, target, format: format[0], minify },
    ...esbuildOptions,
  };
}
