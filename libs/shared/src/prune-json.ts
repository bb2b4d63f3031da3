import { MAX_ITEM_BYTES } from './entry-size.ts';
import { MAX_DEPTH } from './json-rules.ts';
import { endOfString } from './json-tokens.ts';

/** Texts up to this length, in characters, are read as they are: as values they take 3 MB at most. */
export const PRUNE_FROM_LENGTH = 100_000;

/** More objects and arrays than an item has bytes are refused for their number alone. */
const MAX_CONTAINERS = MAX_ITEM_BYTES;

/** Pieces of text that are held before they are joined: a million would take more memory than what they are pieces of. */
const MAX_PIECES = 10_000;

/** Where the entries of a text are, and how many of them may matter. */
export interface EntryPlace {
  /** Level of an entry, the whole text being 1. */
  readonly level: number;
  readonly maxEntries: number;
}

/**
 * The text with `0` for each object and array that changes nothing of what is said about it: deeper in an entry than
 * the first level that is refused, further in it than any item reaches, or in entries further than a batch reaches.
 * Else 5 MB of `[` or `{}` would become hundreds of MB of values, and end the process. What is left out is not checked
 * to be JSON. Takes time in proportion to the text.
 */
export function pruneJson(text: string, { level: entryLevel, maxEntries }: EntryPlace): string {
  let pruned = '';
  let kept: string[] = [];
  let keptUntil = 0;
  let level = 0;
  let entries = 0;
  let outside = 0;
  let inside = 0;

  const isNeeded = (): boolean => {
    if (level < entryLevel) return ++outside <= MAX_CONTAINERS;
    if (level > entryLevel) return level <= entryLevel + MAX_DEPTH && ++inside <= MAX_CONTAINERS;
    inside = 0;
    return ++entries <= maxEntries;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at) - 1;
    else if (character === OPEN_OBJECT || character === OPEN_ARRAY) {
      level++;
      if (isNeeded()) continue;
      const end = endOfContainer(text, at);
      kept.push(text.slice(keptUntil, at), end === undefined ? '' : '0');
      keptUntil = end ?? text.length;
      at = keptUntil - 1;
      level--;
      if (kept.length < MAX_PIECES) continue;
      pruned += kept.join('');
      kept = [];
    } else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) level--;
  }
  return keptUntil === 0 ? text : pruned + kept.join('') + text.slice(keptUntil);
}

/** Where the object or array that begins at `start` ends; undefined if it does not. */
function endOfContainer(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at) - 1;
    else if (character === OPEN_OBJECT || character === OPEN_ARRAY) depth++;
    else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) depth--;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

const QUOTE = '"'.charCodeAt(0);
const OPEN_OBJECT = '{'.charCodeAt(0);
const OPEN_ARRAY = '['.charCodeAt(0);
const CLOSE_OBJECT = '}'.charCodeAt(0);
const CLOSE_ARRAY = ']'.charCodeAt(0);
