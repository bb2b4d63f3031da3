import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from './lease.ts';
import type { LeaseStore } from './lease-store.ts';
import { StageLease, type LeaseTerms } from './stage-lease.ts';

const NOW = Date.parse('2026-01-31T14:25:00Z');
const limits = { rateLimit: 10, burstLimit: 5, reservedConcurrency: 3, memorySize: 128, timeoutSeconds: 4 };
const found = { limits, version: null };

/** Tags of one function, in memory. */
class Tags implements LeaseStore {
  lease: Lease | null = null;
  /** Done at the next write, before it. */
  meanwhile: () => void = () => undefined;

  async read() {
    return this.lease;
  }
  async write(lease: Lease) {
    this.lease = lease;
    this.meanwhile();
  }
  async remove() {
    this.lease = null;
  }
}

function termsOf(store: Tags, own: Partial<LeaseTerms> = {}): LeaseTerms {
  return {
    ...{
      store,
      runId: 'r1',
      holder: 'arn:me',
      process: 'elsewhere:1',
      where: 'stage dev, account 1, eu-west-1',
    },
    ...{ nowMs: () => NOW, renewMs: 3_600_000, settleMs: 1 },
    ...own,
  };
}

const other = (untilMs: number): Lease => ({
  ...{ runId: 'r0', holder: 'arn:you', process: 'there:1', takenAtMs: NOW - 60_000, untilMs },
  ...{ state: 'lifted', found },
});

describe('StageLease', () => {
  it('says who before anything is lifted, then what was found, and leaves nothing', async () => {
    const tags = new Tags();
    const lease = await StageLease.take(termsOf(tags));
    expect(tags.lease).toMatchObject({ runId: 'r1', holder: 'arn:me', state: 'taken', found: null });
    await lease.record(found);
    expect(tags.lease).toMatchObject({ state: 'lifted', found, untilMs: NOW + 300_000 });
    await lease.markRestored();
    expect(tags.lease).toMatchObject({ state: 'restored' });
    await lease.release();
    expect(tags.lease).toBeNull();
  });

  it('refuses a stage that another run has, naming it, and takes one whose lease has run out', async () => {
    const tags = new Tags();
    tags.lease = other(NOW + 1);
    await expect(StageLease.take(termsOf(tags))).rejects.toMatchObject({
      code: 'LEASE_HELD',
      message: expect.stringMatching(
        /^stage dev, account 1, eu-west-1: .* run r0 by arn:you .* until 2026-/,
      ) as string,
    });
    expect(tags.lease.runId).toBe('r0');
    tags.lease = other(NOW);
    await (await StageLease.take(termsOf(tags))).release();
    expect(tags.lease).toBeNull();
  });

  it('leaves the stage to whoever wrote last at the same moment', async () => {
    const tags = new Tags();
    tags.meanwhile = () => (tags.lease = other(NOW + 300_000));
    await expect(StageLease.take(termsOf(tags))).rejects.toMatchObject({ code: 'LEASE_HELD' });
    expect(tags.lease).toMatchObject({ runId: 'r0' });
  });

  it('keeps what was found where the limits could not be put back', async () => {
    const tags = new Tags();
    const lease = await StageLease.take(termsOf(tags));
    await lease.record(found);
    await lease.release();
    expect(tags.lease).toMatchObject({ runId: 'r1', state: 'lifted', found });
  });

  it('is renewed while the run lives', async () => {
    const tags = new Tags();
    let nowMs = NOW;
    const lease = await StageLease.take(termsOf(tags, { nowMs: () => nowMs, renewMs: 5 }));
    nowMs += 250_000;
    while (tags.lease?.untilMs !== nowMs + 300_000) await sleep(5);
    expect(tags.lease).toMatchObject({ takenAtMs: NOW, state: 'taken' });
    await lease.release();
  });

  it.each([
    ['removed', null, /found no lease/],
    ['taken over', other(NOW + 300_000), /found the lease of run r0 by arn:you/],
  ])('ends the run once it was %s, and touches nobody’s lease then', async (_what, now, message) => {
    const tags = new Tags();
    const lease = await StageLease.take(termsOf(tags, { renewMs: 5 }));
    tags.lease = now;
    while (!lease.isLost) await sleep(5);
    expect(lease.signal.reason).toMatchObject({
      code: 'LEASE_LOST',
      message: expect.stringMatching(message) as string,
    });
    await expect(lease.markRestored()).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await lease.release();
    expect(tags.lease).toEqual(now);
  });
});
