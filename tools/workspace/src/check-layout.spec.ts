import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkPackage, checkProject } from './check-layout.ts';

const root = resolve(import.meta.dirname, '../../..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

const projects = ['apps', 'libs', 'tools'].flatMap((group) =>
  readdirSync(join(root, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, group, entry.name, 'project.json')))
    .map((entry) => `${group}/${entry.name}`),
);

describe('checkProject', () => {
  it('accepts one tag of each dimension', () => {
    expect(checkProject({ tags: ['scope:request', 'type:app'] }, 'p')).toEqual([]);
  });

  it.each([
    ['none', undefined, 2],
    ['no type', ['scope:request'], 1],
    ['two scopes', ['scope:request', 'scope:capacity', 'type:app'], 1],
  ])('refuses %s', (_what, tags, problems) => expect(checkProject({ tags }, 'p')).toHaveLength(problems));
});

describe('checkPackage', () => {
  it.each([
    '1.2.3',
    '7.0.0-dev.20260707.2',
    'npm:empty-npm-package@1.0.0',
    'file:apps/loadtest/src/generator',
  ])('accepts %s', (version) =>
    expect(checkPackage({ dependencies: { a: version }, overrides: { a: version } }, 'p')).toEqual([]),
  );

  it.each([
    '^1.2.3',
    '~1.2.3',
    '1.2',
    '*',
    'latest',
    '>=1.2.3',
    '1.2.3 || 2.0.0',
    'npm:b@^1.0.0',
    'file:../other',
  ])('refuses %s, wherever it stands', (version) => {
    for (const where of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
      expect(checkPackage({ [where]: { a: version } }, 'p')).toEqual([expect.stringContaining('p: a ')]);
    }
    expect(checkPackage({ overrides: { parent: { a: version } } }, 'p')).toHaveLength(1);
  });
});

describe('this repository', () => {
  it('has its projects where the layout says', () => {
    expect(projects).toEqual(expect.arrayContaining(['apps/infra', 'libs/throttle', 'tools/workspace']));
  });

  it.each(projects)('%s has a README', (project) => {
    expect(existsSync(join(root, project, 'README.md'))).toBe(true);
  });

  it.each(projects)('%s has one tag of each dimension', (project) => {
    expect(checkProject(readJson(`${project}/project.json`), project)).toEqual([]);
  });

  it.each(['.', ...projects])('%s has every version pinned', (project) => {
    expect(checkPackage(readJson(`${project}/package.json`), project)).toEqual([]);
  });
});
