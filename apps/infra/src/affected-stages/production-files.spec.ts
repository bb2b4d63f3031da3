import { readFileSync } from 'node:fs';
import { matchesGlob, resolve } from 'node:path';
import { productionFiles } from './production-files.ts';

const root = resolve(import.meta.dirname, '../../../..');
const nxJson: unknown = JSON.parse(readFileSync(`${root}/nx.json`, 'utf8'));
const isProduction = productionFiles(nxJson, ['libs/shared', 'apps/infra', 'apps/infra2'], matchesGlob);

describe('productionFiles', () => {
  it.each([
    'libs/shared/src/entry.ts',
    'libs/shared/package.json',
    'apps/infra/src/constructs/network.ts',
    'apps/infra2/project.json',
    'package-lock.json',
    'package.json',
    'nx.json',
    '.nvmrc',
    'tsconfig.base.json',
  ])('takes %s for a file that can reach a deployment', (path) => expect(isProduction(path)).toBe(true));

  it.each([
    'libs/shared/src/entry.spec.ts',
    'libs/shared/src/__fixtures__/entries.ts',
    'apps/infra/src/__snapshots__/stage-templates.spec.ts.snap',
    'libs/shared/README.md',
    'apps/infra/e2e/commands.spec.ts',
    'apps/infra/jest.config.cjs',
    'README.md',
    'docs/first-deployment.md',
    '.github/workflows/deploy.yml',
    'tools/jest/preset.cjs',
    'eslint.config.mjs',
    'apps/unknown/src/main.ts',
  ])('takes %s for one that cannot', (path) => expect(isProduction(path)).toBe(false));

  it('follows what nx.json says', () => {
    const inputs = {
      production: ['{projectRoot}/**/*', '!{projectRoot}/bench/**', 'more'],
      more: ['{workspaceRoot}/a'],
    };
    const isInput = productionFiles({ namedInputs: inputs }, ['libs/b'], matchesGlob);
    expect(['libs/b/c.ts', 'libs/b/bench/c.ts', 'a', 'b'].map(isInput)).toEqual([true, false, true, false]);
  });
});
