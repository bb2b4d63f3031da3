import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { agreeStart, type StartTerms } from './agree-start.ts';
import { claimShard } from './claim-shard.ts';
import { DirectoryPlace } from './directory-place.ts';
import { planDigestOf, type SharedPlan } from './plan-digest.ts';
import { ShardError } from './shard-error.ts';

let directory: string;
let place: DirectoryPlace;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'spillway-shards-'));
  place = new DirectoryPlace(directory);
});
afterEach(() => rm(directory, { recursive: true }));

function termsOf(index: number, change: Partial<StartTerms> = {}): StartTerms {
  return {
    place,
    stepName: 's',
    shard: { index, count: 3 },
    planDigest: 'p',
    waitMs: 20_000,
    now: Date.now,
    signal: new AbortController().signal,
    ...change,
  };
}

const plan: SharedPlan = {
  ...{
    name: 's',
    runId: 'r',
    target: new URL('http://127.0.0.1:9'),
    warmUpMs: 0,
    holdMs: 100,
    horizonMs: 100,
  },
  ...{ arrivals: { kind: 'constant', ratePerSecond: 10 }, payloadBytes: 512, socketCap: 10 },
};

/** What each of the three came to: its start, or why there was none. */
async function agreeAll(changes: readonly Partial<StartTerms>[]): Promise<(number | string)[]> {
  const ended = await Promise.allSettled(changes.map((change, index) => agreeStart(termsOf(index, change))));
  return ended.map((end) => (end.status === 'fulfilled' ? end.value : (end.reason as Error).message));
}

describe('claimShard', () => {
  it('gives each of many that ask at once a shard of its own, and the next one none', async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => claimShard(place, 's', 5)));
    expect(claims.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4]);
    await expect(claimShard(place, 's', 5)).rejects.toMatchObject({ code: 'SHARDS_TAKEN' });
    await expect(claimShard(place, 's', 5)).rejects.toThrow(/all 5 shards are taken in .*spillway-shards-/);
  });
});

describe('planDigestOf', () => {
  it.each<[string, SharedPlan, number]>([
    ['shards', plan, 3],
    ['requests', { ...plan, holdMs: 200 }, 2],
    ['entries', { ...plan, entry: 'makeEntry' }, 2],
  ])('tells apart who was asked for other %s', (_, other, count) => {
    expect(planDigestOf(other, count)).not.toBe(planDigestOf(plan, 2));
    expect(planDigestOf({ ...plan }, 2)).toBe(planDigestOf(plan, 2));
  });
});

describe('agreeStart', () => {
  it('is one instant for all, far enough ahead that all know of it', async () => {
    const askedAtMs = Date.now();
    const [first, ...others] = await agreeAll([{}, {}, {}]);
    expect(others).toEqual([first, first]);
    expect(first).toBeGreaterThanOrEqual(askedAtMs + 400);
  });

  it('waits for the last one', async () => {
    const early = Promise.all([agreeStart(termsOf(0)), agreeStart(termsOf(2))]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await place.list()).toEqual(['ready-0.json', 'ready-2.json']);
    const last = await agreeStart(termsOf(1));
    expect(await early).toEqual([last, last]);
  });

  it('is called off for all when one does not come, also for it when it comes then', async () => {
    const waiting = [agreeStart(termsOf(0, { waitMs: 50 })), agreeStart(termsOf(1))];
    const reason = /not started, nothing was sent: after 0 s shard 2 of 3 was not ready/;
    for (const shard of waiting) {
      await expect(shard).rejects.toThrow(ShardError);
      await expect(shard).rejects.toThrow(reason);
    }
    await expect(agreeStart(termsOf(2))).rejects.toThrow(reason);
  });

  it('is called off for all when one is told to stop', async () => {
    const controller = new AbortController();
    const waiting = agreeAll([{ signal: controller.signal }, {}, { shard: { index: 1, count: 3 } }]);
    controller.abort();
    for (const end of await waiting) expect(end).toMatch(/nothing was sent: it was stopped before its start/);
  });

  it('is called off for all when they were asked for different steps', async () => {
    for (const end of await agreeAll([{}, { planDigest: 'q' }, {}])) expect(end).toMatch(/different steps/);
  });

  it('is called off for all when a clock is ahead of that of who decides', async () => {
    // What a note says of its time can't have happened yet when it is read.
    const note = { readyAtMs: Date.now() + 5000, planDigest: 'p' };
    await writeFile(path.join(directory, 'ready-2.json'), JSON.stringify(note));
    for (const end of await agreeAll([{}, {}]))
      expect(end).toMatch(/clocks differ by at least 4\d{3} ms, .* want 50/);
  });

  it.each([
    ['1001 ms ago', -1001, /its start was 10\d\d ms ago, want at most 1000 ms/],
    ['decided by a clock 60 ms ahead', 60, /clocks differ by at least \d+ ms/],
  ])('is missed by a shard that reads of a start %s', async (_, offsetMs, message) => {
    const nowMs = 1_000_000;
    const [decidedAtMs, startAtMs] =
      offsetMs < 0 ? [nowMs, nowMs + offsetMs] : [nowMs + offsetMs, nowMs + 900];
    const start = { kind: 'start', startAtMs, decidedAtMs, planDigest: 'p', by: 'x' };
    await writeFile(path.join(directory, 'start.json'), JSON.stringify(start));
    const late = agreeStart(termsOf(0, { now: () => nowMs }));
    await expect(late).rejects.toMatchObject({ code: 'SHARD_MISSED_START' });
    await expect(late).rejects.toThrow(message);
  });

  it('still holds for a shard that reads of it 1000 ms late', async () => {
    const start = { kind: 'start', startAtMs: 999_000, decidedAtMs: 1_000_000, planDigest: 'p', by: 'x' };
    await writeFile(path.join(directory, 'start.json'), JSON.stringify(start));
    expect(await agreeStart(termsOf(0, { now: () => 1_000_000 }))).toBe(999_000);
  });

  it('is called off when two were asked to be one of two, and one of three', async () => {
    const asked = [2, 3].map((count, index) =>
      agreeStart(termsOf(index, { shard: { index, count }, planDigest: planDigestOf(plan, count) })),
    );
    const calledOff = { status: 'rejected', reason: { code: 'SHARDS_NOT_STARTED' } };
    expect(await Promise.allSettled(asked)).toMatchObject([calledOff, calledOff]);
  });

  it('is missed by one of three that comes to two who agreed without it', async () => {
    const planDigest = planDigestOf(plan, 2);
    await Promise.all(
      [0, 1].map((index) => agreeStart(termsOf(index, { shard: { index, count: 2 }, planDigest }))),
    );
    const third = agreeStart(termsOf(2, { planDigest: planDigestOf(plan, 3) }));
    await expect(third).rejects.toMatchObject({ code: 'SHARD_MISSED_START' });
    await expect(third).rejects.toThrow(/this shard sent nothing: the shards were asked for different steps/);
  });
});
