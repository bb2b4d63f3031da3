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
    versions.redeclare(declared());
    expect(versions.called).toEqual({ version: '2', settings: { timeoutMs: 3000, memorySizeMb: 256 } });
  });

  it('deploys what a template declares otherwise, and keeps the rest', () => {
    const versions = new FunctionVersions(declared());
    versions.configure({ memorySizeMb: 256 });
    versions.redeclare(declared({ timeoutMs: 9000 }));
    expect(versions.called).toEqual({ version: '2', settings: { timeoutMs: 9000, memorySizeMb: 256 } });
  });

  it('leaves an alias on $LATEST where the template has it there', () => {
    const versions = new FunctionVersions(declared({ aliases: { live: '$LATEST' } }));
    versions.redeclare(declared({ aliases: { live: '$LATEST' }, timeoutMs: 9000 }));
    expect(versions.called).toMatchObject({ version: '$LATEST', settings: { timeoutMs: 9000 } });
  });
});
