import { refusedWatchOption, watchOptions } from './watch-options.ts';

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

describe('refusedWatchOption', () => {
  it.each([
    [
      'a command that nothing would run',
      { rebuild: 'make', source: [] },
      /^--rebuild without --watch.*add --watch$/,
    ],
    [
      'sources that nothing is made from',
      { watch: true as const, source: ['.'] },
      /^--source without --rebuild/,
    ],
    [
      'sources that are not there',
      { watch: true as const, rebuild: 'make', source: ['.', 'nope'] },
      /^--source nope: no such folder, want/,
    ],
    [
      'sources that are a file',
      { watch: true as const, rebuild: 'make', source: [__filename] },
      /no such folder/,
    ],
  ])('names %s', (_case, parsed, message) => {
    expect(refusedWatchOption(parsed, __dirname)).toMatch(message);
  });

  it.each([
    ['nothing to watch', { source: [] }],
    ['the template', { watch: true as const, source: [] }],
    ['a command and its sources', { watch: true as const, rebuild: 'make', source: ['.', __dirname] }],
  ])('takes %s', (_case, parsed) => {
    expect(refusedWatchOption(parsed, __dirname)).toBeNull();
  });
});
