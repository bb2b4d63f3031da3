import { build } from 'esbuild';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

/** One of those that are compared. */
export interface BuiltHandler {
  readonly name: HandlerName;
  /** A CommonJS file that exports `handler`. */
  readonly file: string;
  readonly bytes: number;
}

/** `smallest` is built with the function's own options; the other keeps what these leave out of the SDK. */
export const handlerNames = ['smallest', 'smallest, whole SDK', 'ingest'] as const;
export type HandlerName = (typeof handlerNames)[number];

const workspaceRoot = resolve(import.meta.dirname, '../../../..');

/** As apps/ingest/bundle/build-options.ts reads it, which a tool may not import. */
const projectSchema = z.looseObject({
  targets: z.looseObject({
    build: z.looseObject({
      options: z.looseObject({
        tsConfig: z.string(),
        outputPath: z.string(),
        outputFileName: z.string(),
        platform: z.literal('node'),
        target: z.string(),
        format: z.tuple([z.enum(['cjs', 'esm'])]),
        minify: z.boolean(),
        esbuildOptions: z.strictObject({
          mainFields: z.array(z.string()),
          alias: z.record(z.string(), z.string()),
          external: z.array(z.string()),
        }),
      }),
    }),
  }),
});

/** The function was not built. */
export class BundleNotFoundError extends Error {
  readonly code = 'BUNDLE_NOT_FOUND';

  constructor(file: string) {
    super(`${file}: found none, want the function's bundle; run npx nx build ingest`);
    this.name = 'BundleNotFoundError';
  }
}

/** Takes the function's bundle as its `build` target left it, and bundles the smallest handler with its options. */
export async function buildHandlers(directory: string): Promise<readonly BuiltHandler[]> {
  const project = readFileSync(join(workspaceRoot, 'apps/ingest/project.json'), 'utf8');
  const { options } = projectSchema.parse(JSON.parse(project)).targets.build;
  const { tsConfig, outputPath, outputFileName, platform, target, format, minify, esbuildOptions } = options;
  const bundle = join(workspaceRoot, outputPath, outputFileName);
  if (!existsSync(bundle)) throw new BundleNotFoundError(bundle);

  const { mainFields, ...trimming } = esbuildOptions;
  const bundleSmallest = async (outfile: string, trimmed: Partial<typeof trimming>) => {
    await build({
      entryPoints: [join(import.meta.dirname, 'smallest-handler.ts')],
      absWorkingDir: workspaceRoot,
      tsconfig: tsConfig,
      bundle: true,
      ...{ platform, target, format: format[0], minify, mainFields, outfile },
      ...trimmed,
    });
    return outfile;
  };
  const built = (name: HandlerName, file: string) => ({ name, file, bytes: statSync(file).size });
  return [
    built('smallest', await bundleSmallest(join(directory, 'smallest.cjs'), trimming)),
    built('smallest, whole SDK', await bundleSmallest(join(directory, 'smallest-whole.cjs'), {})),
    built('ingest', bundle),
  ];
}
