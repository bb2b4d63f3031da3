import { parseGithub, subjectOf } from './github-config.ts';

const parse = (json: unknown) => parseGithub(JSON.stringify(json), 'github.json');

describe('parseGithub', () => {
  it('takes a repository, and makes the identity provider where nothing else is said', () => {
    expect(parse({ repository: 'acme/spillway' })).toEqual({
      repository: 'acme/spillway',
      provider: 'create',
    });
  });

  it('takes the numbers that outlive a name', () => {
    expect(parse({ repository: 'acme/spillway', ownerId: 1, repositoryId: 2 }).ids).toEqual({
      owner: 1,
      repository: 2,
    });
  });

  it.each([
    ['no repository', {}, /^github\.json: no repository, want "repository": "owner\/name".*write it there$/],
    ['a repository by its address', { repository: 'https://github.com/a/b' }, /^github\.json: repository/],
    ['a repository of every owner', { repository: '*/b' }, /^github\.json: repository/],
    ['every repository of an owner', { repository: 'a/*' }, /^github\.json: repository/],
    [
      'one number without the other',
      { repository: 'a/b', ownerId: 1 },
      /ownerId and repositoryId come together/,
    ],
    ['an unknown field', { repository: 'a/b', branch: 'main' }, /branch/],
  ])('refuses %s', (_what, json, line) => expect(() => parse(json)).toThrow(line));

  it('refuses what is no JSON', () => {
    expect(() => parseGithub('{', 'github.json')).toThrow(/^github\.json: not JSON/);
  });
});

describe('subjectOf', () => {
  it('names repository and environment', () => {
    expect(subjectOf(parse({ repository: 'acme/spillway' }), 'dev')).toBe(
      'repo:acme/spillway:environment:dev',
    );
  });

  it('names the numbers where they are known', () => {
    const trust = parse({ repository: 'acme/spillway', ownerId: 12, repositoryId: 345 });
    expect(subjectOf(trust, 'prod-loadtest')).toBe('repo:acme@12/spillway@345:environment:prod-loadtest');
  });
});
