import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { ResultPlace } from './result-place.ts';
import { ShardError } from './shard-error.ts';
import { shardFiles } from './shard-files.ts';
import type { Shard } from './shard.ts';

/**
 * Takes the lowest shard that nobody has taken. A shard is never given back: a process that was started again must
 * not send what another one may have sent already.
 * @param place the step's own
 * @throws ShardError when all are taken
 */
export async function claimShard(place: ResultPlace, stepName: string, count: number): Promise<Shard> {
  const claim = JSON.stringify({ host: os.hostname(), pid: process.pid, id: randomUUID() });
  for (let index = 0; index < count; index += 1) {
    if (await place.putIfAbsent(shardFiles.claim(index), claim)) return { index, count };
  }
  throw new ShardError(
    'SHARDS_TAKEN',
    stepName,
    `all ${count} shards are taken in ${place.location}, want a free one; start as many generators as shards, and ` +
      'each run with a resultsDirectory of its own',
  );
}
