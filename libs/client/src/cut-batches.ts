import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, utf8Bytes } from '@spillway/shared';

/**
 * Most bytes of a batch inside the gateway's event, where a quote and a backslash take one more (F15: 6 MB). The rest
 * of the event, the head of the request twice over, has the other 128 KB.
 */
const MAX_ESCAPED_BYTES = 6 * 1_024 * 1_024 - 128 * 1_024;

const OPEN = '{"entries":[';
const CLOSE = ']}';

/** Quotes and backslashes of the envelope. */
const ENVELOPE_ESCAPES = 2;

/** The body of a batch. */
export function writeBatch(texts: readonly string[]): string {
  return `${OPEN}${texts.join(',')}${CLOSE}`;
}

/** Bytes of the gateway's event that a text takes, as a part of its body. */
export function escapedBytes(text: string): number {
  let escapes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x5c) escapes++;
  }
  return utf8Bytes(text) + escapes;
}

/**
 * As few batches as the order allows, each within the limits on entries, bytes and the gateway's event. An entry that
 * the schema accepts always fits into a batch alone.
 * @param textOf JSON of an item
 */
export function cutBatches<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let bytes = 0;
  let escaped = 0;
  for (const item of items) {
    const text = textOf(item);
    // One more for the comma.
    const textBytes = utf8Bytes(text) + 1;
    const textEscaped = escapedBytes(text) + 1;
    const isFull =
      batch.length >= MAX_BATCH_ENTRIES ||
      bytes + textBytes > MAX_BATCH_BYTES ||
      escaped + textEscaped > MAX_ESCAPED_BYTES;
    if (batch.length === 0 || isFull) {
      batch = [];
      batches.push(batch);
      // The first has no comma.
      bytes = OPEN.length + CLOSE.length - 1;
      escaped = bytes + ENVELOPE_ESCAPES;
    }
    batch.push(item);
    bytes += textBytes;
    escaped += textEscaped;
  }
  return batches;
}
