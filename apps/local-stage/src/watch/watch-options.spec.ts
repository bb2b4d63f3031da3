import { watchOptions } from './watch-options.ts';

describe('watchOptions', () => {
  it('are none without --watch', () => {
    expect(watchOptions({ source: ['src'], rebuild: 'make' }, true, '/here')).toBeNull();
  });

  it('synthesize this workspace when its sources change', () => {
    const found = watchOptions({ watch: true, source: [] }, true, '/here');
    expect(found).toMatchObject({ rebuild: expect.stringContaining('nx synth infra') });
    expect(found?.sources).toContainEqual(expect.stringMatching(/\/apps\/ingest$/));
  });

  it('watch a template of others itself', () => {
    expect(watchOptions({ watch: true, source: [] }, false, '/here')).toEqual({
      sources: [],
      rebuild: null,
      workingDirectory: '/here',
    });
  });

  it('take a command and the sources that it is for', () => {
    expect(watchOptions({ watch: true, source: ['src', '/lib'], rebuild: 'make' }, false, '/here')).toEqual({
      sources: ['/here/src', '/lib'],
      rebuild: 'make',
      workingDirectory: '/here',
    });
  });
});
