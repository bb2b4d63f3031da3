import type { Entry, JsonValue } from './entry.ts';

/** Most bytes a stored item may have, names and values together: 400 KB, KB = 1,024 B (F42). */
export const MAX_ITEM_BYTES = 400 * 1_024;

/**
 * Bytes the service itself adds to every stored item: a `contentHash` (11 bytes of name) holding a SHA-256
 * as unpadded base64url (43 bytes), by which it tells a repeat from a conflict without reading first.
 * Part of the contract because it comes out of the client's 400 KB.
 */
export const STORED_OVERHEAD_BYTES = 11 + 43;

/** A list or map costs this much, and one byte more for each element. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

/** From here on the native encoder is faster than counting. */
const ENCODE_FROM_LENGTH = 128;
const encoder = new TextEncoder();

/**
 * Bytes of the item an entry is stored as, counted as the table counts them (F42): attribute names and values
 * in UTF-8, `STORED_OVERHEAD_BYTES` included.
 * @param entry one that `parseEntry` accepted: the recursion relies on its limited depth
 */
export function storedItemBytes(entry: Entry): number {
  const own =
    'id'.length +
    utf8Bytes(entry.id) +
    'title'.length +
    utf8Bytes(entry.title) +
    'year'.length +
    numberBytes(entry.year);
  const attributes = entry.attributes ? 'attributes'.length + valueBytes(entry.attributes) : 0;
  return own + attributes + STORED_OVERHEAD_BYTES;
}

/** Bytes of one JSON value inside an item. */
export function valueBytes(value: JsonValue): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + ELEMENT_BYTES + valueBytes(element), CONTAINER_BYTES);
  }
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + ELEMENT_BYTES + utf8Bytes(name) + valueBytes(inner),
    CONTAINER_BYTES,
  );
}

/**
 * Bytes of a number: one, and one for each base-100 digit, and one for a minus sign. AWS says "about one byte
 * for two significant digits"; the pairs are aligned at the decimal point, so 12 takes one and 1.2 takes two.
 */
export function numberBytes(value: number): number {
  if (value === 0) return 1;
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '').length;
  const isSplitPair = digits % 2 === 0 && Number(exponent) % 2 === 0;
  return 1 + Math.ceil(digits / 2) + (isSplitPair ? 1 : 0) + (value < 0 ? 1 : 0);
}

/** Bytes of a well-formed text in UTF-8. */
export function utf8Bytes(text: string): number {
  if (text.length >= ENCODE_FROM_LENGTH) return encoder.encode(text).length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair counts two bytes: four for the pair.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
