/** A place in bytes of CSV; reading a cell moves it behind the cell's comma. */
export interface Cursor {
  bytes: Uint8Array;
  at: number;
}

const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Digits that a double holds exactly, all of them together. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);
const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
const CELL_AT_MOST = 40;

/**
 * Reads a decimal cell, to the last bit what `Number` makes of it: an integer of up to 15 digits divided by an exact
 * power of ten is rounded once, as it should be (Clinger, PLDI 1990, "How to read floating point numbers accurately").
 * The bytes have to hold a comma or a line end after the cursor.
 * @returns NaN where the cell is empty or no finite decimal number
 */
export function readDecimal(cursor: Cursor): number {
  const { bytes, at: start } = cursor;
  const isNegative = bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  let at = first;
  let integer = 0;
  let byte = bytes[at] as number;
  while (byte >= ZERO && byte <= NINE) {
    integer = integer * 10 + (byte - ZERO);
    byte = bytes[++at] as number;
  }
  let digits = at - first;
  let decimals = 0;
  if (byte === POINT && digits > 0) {
    const point = at;
    byte = bytes[++at] as number;
    while (byte >= ZERO && byte <= NINE) {
      integer = integer * 10 + (byte - ZERO);
      byte = bytes[++at] as number;
    }
    decimals = at - point - 1;
    digits = decimals === 0 ? 0 : digits + decimals;
  }
  if (byte !== COMMA || digits === 0 || digits > EXACT_DIGITS) return readUncommon(cursor);
  cursor.at = at + 1;
  const value = decimals === 0 ? integer : integer / (POWERS_OF_TEN[decimals] as number);
  return isNegative ? -value : value;
}

/** Reads a cell of digits without leading zeros. @returns −1 where it is none, or above 2^32 − 1 */
export function readCount(cursor: Cursor): number {
  const { bytes } = cursor;
  let { at } = cursor;
  const first = at;
  let value = 0;
  let byte = bytes[at] as number;
  while (byte >= ZERO && byte <= NINE) {
    value = value * 10 + (byte - ZERO);
    byte = bytes[++at] as number;
  }
  if (byte !== COMMA || at === first || value > 0xffff_ffff) return -1;
  if (bytes[first] === ZERO && at - first > 1) return -1;
  cursor.at = at + 1;
  return value;
}

/** Moves over an empty cell. @returns whether it was one */
export function skipEmpty(cursor: Cursor): boolean {
  if (cursor.bytes[cursor.at] !== COMMA) return false;
  cursor.at += 1;
  return true;
}

/** Reads a cell that is one of the names. @returns its index, −1 where it is none of them */
export function readName(cursor: Cursor, names: readonly Uint8Array[]): number {
  const { bytes, at } = cursor;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as Uint8Array;
    let same = 0;
    while (same < name.length && bytes[at + same] === name[same]) same += 1;
    if (same === name.length && bytes[at + same] === COMMA) {
      cursor.at = at + same + 1;
      return index;
    }
  }
  return -1;
}

/** Numbers that are seldom written: with an exponent, or with more digits than a double holds. */
function readUncommon(cursor: Cursor): number {
  const { bytes, at } = cursor;
  const end = bytes.indexOf(COMMA, at);
  if (end < 0 || end - at > CELL_AT_MOST) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(at, end));
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  cursor.at = end + 1;
  return Number.isFinite(value) ? value : Number.NaN;
}
