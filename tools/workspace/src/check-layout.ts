import * as z from 'zod';

const projectSchema = z.looseObject({ tags: z.array(z.string()).default([]) });
const ranges = z.record(z.string(), z.string()).default({});
const packageSchema = z.looseObject({
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  overrides: z.record(z.string(), z.unknown()).default({}),
});

/** Every project says whose it is and what kind it is: the boundaries in eslint.config.mjs rest on both. */
const TAG_DIMENSIONS = ['scope:', 'type:'];

/** Problems of a `project.json`: each tag dimension wants exactly one tag. */
export function checkProject(json: unknown, file: string): readonly string[] {
  const { tags } = projectSchema.parse(json);
  return TAG_DIMENSIONS.flatMap((dimension) => {
    const found = tags.filter((tag) => tag.startsWith(dimension));
    return found.length === 1 ? [] : [`${file}: ${found.length} tags "${dimension}…", want exactly one`];
  });
}

/** Problems of a `package.json`: a range would let two installs of one commit differ. */
export function checkPackage(json: unknown, file: string): readonly string[] {
  const manifest = packageSchema.parse(json);
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  return [dependencies, devDependencies, optionalDependencies, overrides]
    .flatMap((versions) => Object.entries(versions))
    .filter(([, version]) => !isExact(version))
    .map(([name, version]) => `${file}: ${name} ${JSON.stringify(version)}, want an exact version`);
}

/** An exact version, such a version of another package in its place, or a folder of this repository. */
function isExact(version: unknown): boolean {
  if (typeof version === 'object' && version !== null) return Object.values(version).every(isExact);
  return typeof version === 'string' && /^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$|^file:(?!.*\.\.)/.test(version);
}
