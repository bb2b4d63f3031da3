import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { previewRelease } from './preview-release.ts';

const workspace = resolve(__dirname, '../../..');
const VERSION = '97.98.99';
const TIMEOUT_MS = 120_000;

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(workspace, path), 'utf8'));

describe('nx release', () => {
  it('releases what may be published, and nothing else', () => {
    const published = globSync('{apps,libs,tools}/*/package.json', { cwd: workspace })
      .filter((path) => Object.hasOwn(readJson(path) as object, 'publishConfig'))
      .map((path) => path.split('/')[1]);
    expect(published.sort()).toEqual(['client', 'shared']);
    expect(readJson('nx.json')).toMatchObject({
      release: {
        projects: ['shared', 'client'],
        version: { preVersionCommand: 'npx nx run-many -t pack' },
      },
    });
  });

  it.each(['shared', 'client'])('publishes the packed folder of %s, not its sources', (project) => {
    expect(readJson(`libs/${project}/project.json`)).toMatchObject({
      targets: { 'nx-release-publish': { options: { packageRoot: `libs/${project}/dist/package` } } },
    });
    expect(readJson(`libs/${project}/package.json`)).toMatchObject({ private: true, version: '0.0.0' });
  });

  it(
    'gives both packages one version, and the client the contract of that version',
    async () => {
      const { status, stdout, stderr } = await previewRelease(workspace, VERSION);
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
      const [versions = '', changelog = ''] = stripVTControlCharacters(stdout).split(
        'Previewing an entry in dist/CHANGELOG.md',
      );
      expect(changelog).toContain(`for v${VERSION}`);
      const manifests = [...versions.matchAll(/New version (\S+) written to manifest: (\S+)/g)];
      expect(manifests.map(([, version, path]) => [version, path])).toEqual([
        [VERSION, 'libs/shared/dist/package/package.json'],
        [VERSION, 'libs/client/dist/package/package.json'],
      ]);
      const changes = versions.split('\n').filter((line) => /^\+\s+"/.test(line));
      expect(changes.map((line) => line.replaceAll(/[+,\s]/g, ''))).toEqual([
        `"version":"${VERSION}"`,
        `"version":"${VERSION}"`,
        `"@spillway/shared":"${VERSION}"`,
      ]);
    },
    TIMEOUT_MS,
  );
});
