import { rawManifest } from './__fixtures__/source-manifest.ts';
import { ManifestError, parseSourceManifest, sourceManifestSchema } from './source-manifest.ts';

describe('sourceManifestSchema', () => {
  it('accepts a project that may be published', () => {
    expect(sourceManifestSchema.parse(rawManifest)).toMatchObject({ name: '@spillway/sample' });
  });

  it('takes a project without dependencies', () => {
    const parsed = sourceManifestSchema.parse({ ...rawManifest, dependencies: undefined });
    expect(parsed.dependencies).toEqual({});
  });

  it.each([
    ['sources that npm would publish', { private: false }],
    ['modules that run when they are imported', { sideEffects: true }],
    ['CommonJS', { type: 'commonjs' }],
    ['a range where the workspace pins', { dependencies: { zod: '^4.6.7' } }],
    ['a folder as a dependency', { dependencies: { zod: 'file:../zod' } }],
    ['an export that is not built', { exports: { '.': './dist/index.js' } }],
    ['an export outside the project', { exports: { '.': './src/../../other/src/index.ts' } }],
    ['a pattern of exports', { exports: { './*': './src/*.ts' } }],
    ['no provenance', { publishConfig: { access: 'public', provenance: false } }],
    ['a field that would be lost', { peerDependencies: { zod: '4.6.7' } }],
  ])('refuses %s', (_what, change) => {
    expect(sourceManifestSchema.safeParse({ ...rawManifest, ...change }).success).toBe(false);
  });
});

describe('parseSourceManifest', () => {
  it('names the file and the field that keeps it from being published', () => {
    const parse = () => parseSourceManifest({ ...rawManifest, license: 'none' }, 'libs/sample/package.json');
    expect(parse).toThrow(ManifestError);
    expect(parse).toThrow(/^libs\/sample\/package\.json can't be published.*at license/s);
  });
});
