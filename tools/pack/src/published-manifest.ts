import type { SourceManifest } from './source-manifest.ts';

/** Folder of the compiled modules inside a package. */
export const COMPILED_FOLDER = 'lib';

/** Where a package comes from; `directory` is that of the project in the repository. */
export interface PackageOrigin {
  /** As npm writes it: `git+https://….git`. Absent, the manifest names no repository. */
  readonly repositoryUrl: string | undefined;
  readonly directory: string;
}

/** What an importer gets: `types` comes first, because the first condition that fits is taken. */
type PublishedTarget = string | { readonly types: string; readonly default: string };

/** `package.json` of the package, in the order it is read. Its sources import TypeScript, its consumers JavaScript. */
export function publishedManifest(source: SourceManifest, origin: PackageOrigin) {
  const { name, version, description, keywords, license, type, engines, sideEffects, publishConfig } = source;
  const { repositoryUrl: url, directory } = origin;
  return {
    name,
    version,
    description,
    keywords,
    license,
    ...(url === undefined ? {} : { repository: { type: 'git', url, directory } }),
    type,
    engines,
    sideEffects,
    exports: mapValues(source.exports, publishedTarget),
    files: [COMPILED_FOLDER, ...jsonFiles(source)],
    dependencies: Object.fromEntries(
      Object.entries(source.dependencies).map(([dependency, pinned]) => [
        dependency,
        isSibling(name, dependency) ? pinned : publishedRange(pinned),
      ]),
    ),
    publishConfig,
  };
}

/** Sources that consumers may import; all others ship only if one of these needs them. */
export function entryPoints({ exports }: SourceManifest): readonly string[] {
  return [...new Set(Object.values(exports).filter(isSource))];
}

/** JSON files that consumers may import. */
export function jsonFiles({ exports }: SourceManifest): readonly string[] {
  return [...new Set(Object.values(exports).filter((target) => !isSource(target)))].map(
    (target) => target.slice('./'.length), // npm matches names in `files` without it.
  );
}

function publishedTarget(target: string): PublishedTarget {
  if (!isSource(target)) return target;
  const compiled = target.replace(/^\.\/src\//, `./${COMPILED_FOLDER}/`).replace(/\.ts$/, '');
  return { types: `${compiled}.d.ts`, default: `${compiled}.js` };
}

/**
 * The workspace pins what it is tested with; a package that did so would put a second copy beside any other version its
 * consumer has. The pinned version is the least, the next major one is out.
 */
function publishedRange(version: string): string {
  return `^${version}`;
}

/**
 * Released together, so asked for by its very version: a client speaks the contract it was built with, and not what a
 * later one adds or changes.
 */
function isSibling(name: string, dependency: string): boolean {
  const scope = name.split('/')[0] ?? name;
  return scope.startsWith('@') && dependency.startsWith(`${scope}/`);
}

function isSource(target: string): boolean {
  return target.endsWith('.ts');
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
