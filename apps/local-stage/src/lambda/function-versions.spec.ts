import { FunctionVersions, type VersionedFunction } from './function-versions.ts';

const declared = (own: Partial<VersionedFunction> = {}): VersionedFunction => ({
  ...{ timeoutMs: 3000, memorySizeMb: 128, aliases: { live: '1' }, calledAs: 'live' },
  ...own,
});

describe('FunctionVersions', () => {
  it.each<[string | null, string]>([
    [null, '$LATEST'],
    ['1', '1'],
    ['live', '1'],
  ])('runs, called as %s, version %s', (calledAs, version) => {
    expect(new FunctionVersions(declared({ calledAs })).called.version).toBe(version);
  });

  it('keeps what was changed when a template declares the same as before', () => {
    const versions = new FunctionVersions(declared());
    versions.configure({ memorySizeMb: 256 });
    versions.point('live', versions.publish().version);
    expect(versions.redeclared(declared()).called).toEqual({
      version: '2',
      settings: { timeoutMs: 3000, memorySizeMb: 256 },
    });
  });

  it('deploys what a template declares otherwise, and keeps the rest', () => {
    const versions = new FunctionVersions(declared());
    versions.configure({ memorySizeMb: 256 });
    const next = versions.redeclared(declared({ timeoutMs: 9000 }));
    expect(next.called).toEqual({ version: '2', settings: { timeoutMs: 9000, memorySizeMb: 256 } });
    expect(versions.called).toEqual({ version: '1', settings: { timeoutMs: 3000, memorySizeMb: 128 } });
    expect(versions.find('2')).toBeUndefined();
  });

  it('gives an alias another revision when it is deployed, and only then', () => {
    const versions = new FunctionVersions(declared());
    const first = versions.revisionOf('live');
    const same = versions.redeclared(declared());
    expect(same.revisionOf('live')).toBe(first);
    expect(same.redeclared(declared({ timeoutMs: 9000 })).revisionOf('live')).not.toBe(first);
    expect(same.revisionOf('live')).toBe(first);
    expect(same.revisionOf('blue')).toBeUndefined();
  });

  it('leaves an alias on $LATEST where the template has it there', () => {
    const versions = new FunctionVersions(declared({ aliases: { live: '$LATEST' } }));
    const next = versions.redeclared(declared({ aliases: { live: '$LATEST' }, timeoutMs: 9000 }));
    expect(next.called).toMatchObject({ version: '$LATEST', settings: { timeoutMs: 9000 } });
  });
});
