import { describeLease, LEASE_TAGS, leaseTags, parseLease, type Lease } from './lease.ts';

const limits = {
  rateLimit: 732.5,
  burstLimit: 224,
  reservedConcurrency: 419,
  memorySize: 1024,
  timeoutSeconds: 4,
};
const lease: Lease = {
  runId: '20260131-142501-k3f9',
  holder: 'arn:aws:sts::123456789012:assumed-role/loadtest/me@example.com',
  process: 'build-7:4711',
  takenAtMs: Date.parse('2026-01-31T14:25:01Z'),
  untilMs: Date.parse('2026-01-31T14:30:01Z'),
  state: 'lifted',
  found: { limits, version: '7' },
};

describe('leaseTags', () => {
  it.each<[string, Partial<Lease>]>([
    ['a run that lifted limits behind an alias', {}],
    ['one whose function the gateway calls itself', { found: { limits, version: null } }],
    ['one that has changed nothing yet', { state: 'taken', found: null }],
    ['one that is done but for its entries', { state: 'restored' }],
  ])('become the same lease again: %s', (_what, change) => {
    const of = { ...lease, ...change };
    expect(parseLease(leaseTags(of))).toEqual(of);
  });

  it('fit into tags: 256 characters, and none that a tag may not have', () => {
    const tags = leaseTags({ ...lease, holder: `arn:aws:sts::1:assumed-role/r/me,you ${'x'.repeat(400)}` });
    expect(Object.keys(tags)).toEqual([...LEASE_TAGS]);
    for (const value of Object.values(tags)) expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
    expect(parseLease(tags)).toMatchObject({ runId: lease.runId, found: lease.found });
  });
});

describe('parseLease', () => {
  it('finds none among the tags of a deployment', () => {
    expect(parseLease({ service: 'spillway', stage: 'dev' })).toBeNull();
  });

  it.each([
    [
      'a state that there is not',
      { 'spillway:lease': 'run=r since=2026-01-31T14:25:01Z until=2026-01-31T14:25:01Z state=open' },
    ],
    ['no end', { 'spillway:lease': 'run=r since=2026-01-31T14:25:01Z state=taken' }],
    ['half of the limits', { ...leaseTags(lease), 'spillway:lease-found': 'rate=10 burst=5' }],
  ])('says what to do by hand about one with %s', (_what, tags) => {
    expect(() => parseLease(tags)).toThrow(/found tags .*, want a load test's lease; .* remove the tags/);
  });
});

describe('describeLease', () => {
  it('says who, until when, and how the limits are', () => {
    expect(describeLease(lease)).toBe(
      'run 20260131-142501-k3f9 by arn:aws:sts::123456789012:assumed-role/loadtest/me@example.com (build-7:4711), ' +
        'until 2026-01-31T14:30:01.000Z, limits lifted',
    );
    expect(describeLease({ ...lease, state: 'restored' })).toMatch(/, limits as found$/);
  });
});
