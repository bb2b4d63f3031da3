import * as z from 'zod';

/** `0.0.0`: the version in the sources; a release writes its own into the packed manifest. */
const versionSchema = z.string().regex(/^\d+\.\d+\.\d+$/, 'want an exact version such as 1.2.3');

/** What a name that is imported stands for: a TypeScript source, or a JSON file that ships as it is. */
const targetSchema = z
  .string()
  .regex(/^\.\/(src(\/[\w-]+)+\.ts|[\w.-]+\.json)$/, 'want ./src/<name>.ts or ./<name>.json');

/**
 * `package.json` of a project that is published. Strict, so that no field is lost without a word on its way into the
 * package.
 */
export const sourceManifestSchema = z.strictObject({
  name: z.string().regex(/^@[a-z-]+\/[a-z-]+$/),
  version: versionSchema,
  description: z.string().min(20),
  keywords: z.array(z.string()).min(1),
  /** The folder of sources can't be published by mistake. */
  private: z.literal(true),
  type: z.literal('module'),
  license: z.literal('MIT'),
  engines: z.strictObject({ node: z.string() }),
  /** Bundlers drop each module that nothing is used of. */
  sideEffects: z.literal(false),
  exports: z.record(z.string().regex(/^\.(\/[\w.-]+)?$/), targetSchema),
  dependencies: z.record(z.string(), versionSchema).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  publishConfig: z.strictObject({ access: z.literal('public'), provenance: z.literal(true) }),
});

export type SourceManifest = z.infer<typeof sourceManifestSchema>;

/** A `package.json` is not that of a project that is published. */
export class ManifestError extends Error {
  readonly code = 'MANIFEST_NOT_PUBLISHABLE';
  readonly file: string;

  constructor(file: string, cause: z.ZodError) {
    super(`${file} can't be published; change it, or see tools/pack/README.md\n${z.prettifyError(cause)}`, {
      cause,
    });
    this.file = file;
  }
}

/**
 * Checks that a `package.json` is that of a project that is published.
 * @param file its name, for the message
 * @throws ManifestError
 */
export function parseSourceManifest(json: unknown, file: string): SourceManifest {
  const parsed = sourceManifestSchema.safeParse(json);
  if (!parsed.success) throw new ManifestError(file, parsed.error);
  return parsed.data;
}
