import { sourceManifestSchema } from '../source-manifest.ts';

/** `package.json` of a project that may be published, before it is parsed. */
export const rawManifest = {
  name: '@spillway/sample',
  version: '0.0.0',
  description: 'A package with two modules and a file of data',
  keywords: ['sample'],
  private: true,
  type: 'module',
  license: 'MIT',
  engines: { node: '>=20' },
  sideEffects: false,
  exports: { '.': './src/index.ts', './deep': './src/deep/module.ts', './data.json': './data.json' },
  dependencies: { zod: '4.6.7', '@spillway/shared': '0.0.0' },
  devDependencies: { ajv: '8.17.1' },
  publishConfig: { access: 'public', provenance: true },
};

export const sampleManifest = sourceManifestSchema.parse(rawManifest);
