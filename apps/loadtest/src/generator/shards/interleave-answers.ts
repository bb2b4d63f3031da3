import { ANSWERS_HEADER, type Answers } from '@spillway/capacity';
import { sequenceOf, type Shard } from './shard.ts';

/** One shard's answers as bytes of its file, which have been read once and are whole, and as the columns they hold. */
export interface ShardAnswers extends Shard {
  readonly bytes: Uint8Array;
  readonly columns: Answers;
}

const COMMA = 44;
const LINE_END = 10;
const PIECE_BYTES = 1024 * 1024;
const SEQUENCE_BYTES = 10;

/**
 * Columns of the whole step, in order of sequence.
 * @param shards all of the step, in order
 */
export function interleaveColumns(shards: readonly ShardAnswers[]): Answers {
  const count = shards.reduce((sum, { columns }) => sum + columns.count, 0);
  const sequence = new Uint32Array(count);
  const intendedMs = new Float64Array(count);
  const latenessMs = new Float64Array(count);
  const latencyMs = new Float64Array(count);
  const outcome = new Uint8Array(count);
  const status = new Uint16Array(count);
  let next = 0;
  for (let row = 0; next < count; row += 1) {
    for (const shard of shards) {
      const { columns } = shard;
      if (row >= columns.count) continue;
      sequence[next] = sequenceOf(row, shard);
      intendedMs[next] = columns.intendedMs[row] as number;
      latenessMs[next] = columns.latenessMs[row] as number;
      latencyMs[next] = columns.latencyMs[row] as number;
      outcome[next] = columns.outcome[row] as number;
      status[next] = columns.status[row] as number;
      next += 1;
    }
  }
  const merged = { count, intendedMs, latenessMs, latencyMs, outcome, status };
  const isGapless = count === 0 || sequence[count - 1] === count - 1;
  return isGapless ? merged : { ...merged, sequence };
}

/** The answers file of the whole step, in pieces: the shards' own rows, each with its sequence in the step. */
export function* interleaveText(shards: readonly ShardAnswers[]): Generator<Uint8Array> {
  const next = shards.map(({ bytes }) => bytes.indexOf(LINE_END) + 1);
  const rows = Math.max(...shards.map(({ columns }) => columns.count));
  let piece: Buffer = Buffer.from(`${ANSWERS_HEADER}\n`);
  let length = piece.length;
  for (let row = 0; row < rows; row += 1) {
    for (const [place, shard] of shards.entries()) {
      if (row >= shard.columns.count) continue;
      const cells = shard.bytes.indexOf(COMMA, next[place]);
      const end = shard.bytes.indexOf(LINE_END, cells) + 1;
      next[place] = end;
      if (length + SEQUENCE_BYTES + end - cells > piece.length) {
        yield piece.subarray(0, length);
        piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, SEQUENCE_BYTES + end - cells));
        length = 0;
      }
      length += piece.write(String(sequenceOf(row, shard)), length, 'latin1');
      piece.set(shard.bytes.subarray(cells, end), length);
      length += end - cells;
    }
  }
  yield piece.subarray(0, length);
}
