import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openPlace, type ResultPlace } from '../src/generator/shards/result-place.ts';
import { agreeStart } from '../src/generator/shards/agree-start.ts';
import { claimShard } from '../src/generator/shards/claim-shard.ts';
import { askToStop, watchForStop } from '../src/generator/shards/stop-watch.ts';
import { s3Environment, startS3Server, type S3Server } from './s3-server.ts';

const inherited = { ...process.env };
let directory: string;
let s3: S3Server;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'spillway-place-'));
  s3 = await startS3Server();
  Object.assign(process.env, s3Environment(s3));
});
afterAll(async () => {
  process.env = inherited;
  await s3.close();
  await rm(directory, { recursive: true });
});

describe.each([
  ['a directory', () => directory],
  ['an S3 prefix', () => 's3://results/spillway/run-1/'],
  ['an S3 bucket', () => 's3://bare'],
])('ResultPlace: %s', (_, location) => {
  let place: ResultPlace;
  let turn = 0;
  beforeEach(async () => {
    turn += 1;
    place = (await openPlace(location())).within(`turn-${turn}`);
  });

  it('gives back what was put, the last of it, and null for what was not', async () => {
    expect(await place.get('a.csv')).toBeNull();
    await place.put('a.csv', 'first');
    await place.put('a.csv', 'größer\n'.repeat(20_000));
    expect(await place.get('a.csv')).toBe('größer\n'.repeat(20_000));
    await place.putPieces('a.csv', [Buffer.from('grö'), Buffer.from('ßer'), new Uint8Array(0)]);
    expect(await place.get('a.csv')).toBe('größer');
    expect(Buffer.from((await place.getBytes('a.csv')) ?? []).toString()).toBe('größer');
    expect(await place.getBytes('b.csv')).toBeNull();
    await place.put('empty', '');
    expect(await place.get('empty')).toBe('');
  });

  it('lets one of many who try at once put a name, and keeps what that one put', async () => {
    const tries = await Promise.all(
      Array.from({ length: 8 }, async (_none, i) => ({
        i,
        won: await place.putIfAbsent('claim', `by ${i}`),
      })),
    );
    const winners = tries.filter(({ won }) => won);
    expect(winners).toHaveLength(1);
    expect(await place.get('claim')).toBe(`by ${winners[0]?.i}`);
    expect(await place.putIfAbsent('claim', 'by a late one')).toBe(false);
  });

  it('lists its own names, sorted, and none of a folder or a neighbour', async () => {
    expect(await place.list()).toEqual([]);
    const names = ['c', 'a', 'e', 'b', 'd', 'g', 'f'];
    await Promise.all(names.map((name) => place.put(name, name)));
    await place.within('folder').put('inner', '');
    await (await openPlace(location())).within(`turn-${turn}0`).put('neighbour', '');
    expect(await place.list()).toEqual([...names].sort());
    expect(await place.within('folder').list()).toEqual(['inner']);
  });

  it('lets shards claim themselves and agree on one start', async () => {
    const start = async () => {
      const shard = await claimShard(place, 's', 3);
      const signal = new AbortController().signal;
      return agreeStart({
        place,
        stepName: 's',
        shard,
        planDigest: 'p',
        waitMs: 20_000,
        now: Date.now,
        signal,
      });
    };
    const [first, ...others] = await Promise.all([start(), start(), start()]);
    expect(others).toEqual([first, first]);
  });

  it('passes on the wish to stop', async () => {
    const watch = watchForStop(place);
    const stopped = new Promise((resolve) => watch.signal.addEventListener('abort', resolve));
    await askToStop(place);
    await stopped;
    watch.close();
    expect(watch.signal.aborted).toBe(true);
  });
});

describe('DirectoryPlace', () => {
  it('leaves nothing but what was put', async () => {
    const place = (await openPlace(directory)).within('clean');
    await Promise.all(Array.from({ length: 4 }, (_, i) => place.putIfAbsent('claim', `by ${i}`)));
    await place.put('answers', 'x');
    expect((await readdir(path.join(directory, 'clean'))).sort()).toEqual(['answers', 'claim']);
  });

  it('keeps what was there, and nothing else, when a piece can not be made', async () => {
    const place = (await openPlace(directory)).within('broken');
    await place.put('answers', 'whole');
    const pieces = function* () {
      yield Buffer.from('half');
      throw new Error('no more');
    };
    await expect(place.putPieces('answers', pieces())).rejects.toThrow('no more');
    expect(await place.get('answers')).toBe('whole');
    expect(await readdir(path.join(directory, 'broken'))).toEqual(['answers']);
  });
});

describe('S3Place', () => {
  it('writes below its prefix', async () => {
    await (await openPlace('s3://layout/a/b')).within('c').put('d.csv', 'x');
    expect([...s3.objects.keys()].filter((key) => key.startsWith('layout/'))).toEqual(['layout/a/b/c/d.csv']);
  });

  it('tries again when S3 is slow, or another conditional write is under way', async () => {
    const place = await openPlace('s3://retry');
    s3.failNext(2, 'SlowDown');
    await place.put('x', 'y');
    s3.failNext(2, 'Conflict');
    expect(await place.putIfAbsent('claim', 'mine')).toBe(true);
  });

  it('knows its own write again when only the answer was lost', async () => {
    const place = await openPlace('s3://lost');
    s3.failNext(1, 'lost');
    expect(await place.putIfAbsent('claim', 'mine')).toBe(true);
    expect(await place.putIfAbsent('claim', 'another')).toBe(false);
  });

  it.each(['s3:/bucket', 's3://', 's3:///prefix', 's3://UPPER/x'])('refuses %s', async (location) => {
    await expect(openPlace(location)).rejects.toThrow(`found "${location}", want s3://<bucket>/<prefix>`);
  });
});
