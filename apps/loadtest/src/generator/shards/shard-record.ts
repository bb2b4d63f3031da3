import * as z from 'zod';
import { generatorReportSchema } from '../generator-report.ts';
import type { ResultPlace } from './result-place.ts';
import { ShardError } from './shard-error.ts';
import { shardFiles } from './shard-files.ts';

const shardRecordSchema = z.strictObject({
  index: z.int().nonnegative(),
  count: z.int().positive(),
  planDigest: z.string(),
  /** Instant 0 of the step, ms since the epoch, the same for all. */
  startAtMs: z.number(),
  /** Dropped from the start before the step is judged. */
  warmUpMs: z.number().nonnegative(),
  report: generatorReportSchema,
});

/** What one shard says of its share, besides the answers. */
export type ShardRecord = z.infer<typeof shardRecordSchema>;

/** A shard's share of a step, as it was left in the place. `answers`: bytes of its answers file, rows from 0. */
export interface RecordedShard extends ShardRecord {
  readonly answers: Uint8Array;
}

/** @param answers its answers file, in pieces */
export async function writeShard(
  place: ResultPlace,
  record: ShardRecord,
  answers: Iterable<Uint8Array>,
): Promise<void> {
  await place.putPieces(shardFiles.answers(record.index), answers);
  await place.put(shardFiles.record(record.index), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Every shard that has left its results, in order; whether those are all is for `mergeShards` to say.
 * @throws ShardError when a record is not what a shard writes
 */
export async function readShards(place: ResultPlace, stepName: string): Promise<RecordedShard[]> {
  const names = (await place.list()).filter((name) => /^shard-\d+\.json$/.test(name));
  const shards = await Promise.all(names.map((name) => readShard(place, stepName, name)));
  return shards.sort((a, b) => a.index - b.index);
}

async function readShard(place: ResultPlace, stepName: string, name: string): Promise<RecordedShard> {
  const unusable = (reason: string) =>
    new ShardError(
      'SHARDS_INCOMPLETE',
      stepName,
      `${place.location}/${name}: ${reason}, want what a shard writes at its end; take the step again`,
    );
  const text = (await place.get(name)) ?? '';
  const parsed = z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch (error) {
        context.addIssue(String(error));
        return z.NEVER;
      }
    })
    .pipe(shardRecordSchema)
    .safeParse(text);
  if (!parsed.success) throw unusable(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const answers = await place.getBytes(shardFiles.answers(parsed.data.index));
  if (answers === null) throw unusable('its answers are not there');
  return { ...parsed.data, answers };
}
