import { sortFiles } from './sort-files.ts';

const sort = (...files: string[]) => sortFiles(files, (path) => !path.endsWith('.md'));

describe('sortFiles', () => {
  it('gives a throttle file to its stage', () => {
    expect(sort('apps/infra/config/throttle.dev.json', 'apps/infra/config/throttle.load-1.json')).toEqual({
      throttled: ['dev', 'load-1'],
      isStagesFile: false,
      shared: [],
    });
  });

  it('keeps the stages file apart, since it says itself whom it concerns', () => {
    expect(sort('apps/infra/config/stages.json')).toEqual({ throttled: [], isStagesFile: true, shared: [] });
  });

  it('leaves out what says who may deploy', () => {
    expect(sort('apps/infra/config/github.json')).toEqual({ throttled: [], isStagesFile: false, shared: [] });
  });

  it('shares everything else that can reach a deployment', () => {
    const { shared } = sort('libs/shared/src/entry.ts', 'README.md', 'other/config/throttle.dev.json');
    expect(shared).toEqual(['libs/shared/src/entry.ts', 'other/config/throttle.dev.json']);
  });
});
