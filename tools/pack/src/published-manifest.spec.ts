import { sampleManifest } from './__fixtures__/source-manifest.ts';
import { entryPoints, jsonFiles, publishedManifest } from './published-manifest.ts';

const nowhere = { repositoryUrl: undefined, directory: 'libs/sample' };

describe('publishedManifest', () => {
  const manifest = publishedManifest(sampleManifest, nowhere);

  it('exports what is compiled, types first, and data as it is', () => {
    expect(JSON.stringify(manifest.exports, null, 1)).toBe(
      JSON.stringify(
        {
          '.': { types: './lib/index.d.ts', default: './lib/index.js' },
          './deep': { types: './lib/deep/module.d.ts', default: './lib/deep/module.js' },
          './data.json': './data.json',
        },
        null,
        1,
      ),
    );
    expect(manifest.files).toEqual(['lib', 'data.json']);
  });

  it('takes any later version of a dependency up to the next major one, but only the very one that it is released with', () => {
    expect(manifest.dependencies).toEqual({ zod: '^4.6.7', '@spillway/shared': '0.0.0' });
  });

  it('may be published, and says nothing of what only the workspace needs', () => {
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  });

  it('names the repository that it is packed in', () => {
    const repositoryUrl = 'git+https://github.com/example/spillway.git';
    expect(publishedManifest(sampleManifest, { ...nowhere, repositoryUrl })).toHaveProperty('repository', {
      type: 'git',
      url: repositoryUrl,
      directory: 'libs/sample',
    });
  });

  it('names no repository where none is known', () => {
    expect(manifest).not.toHaveProperty('repository');
  });
});

describe('entryPoints', () => {
  it('are the sources that may be imported', () => {
    expect(entryPoints(sampleManifest)).toEqual(['./src/index.ts', './src/deep/module.ts']);
  });
});

describe('jsonFiles', () => {
  it('are the data that may be imported, as npm names files', () => {
    expect(jsonFiles(sampleManifest)).toEqual(['data.json']);
  });
});
