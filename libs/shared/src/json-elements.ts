import { endOfString, isSpace, skipSpace } from './json-tokens.ts';

/**
 * Texts of the elements of an array that is the only member of an object, without the white space around them.
 * @param text JSON that `JSON.parse` turns into an object with one name, whose value is an array; anything else gives a
 *   meaningless answer
 * @param count how many elements `JSON.parse` finds
 * @returns undefined if the text gives that name more than once: `JSON.parse` keeps the last value only
 */
export function sliceElements(text: string, count: number): string[] | undefined {
  const elements: string[] = [];
  const name = text.indexOf('"');
  let at = skipSpace(text, text.indexOf(':', endOfString(text, name)) + 1);
  if (text[at] !== '[') return undefined;
  for (at = skipSpace(text, at + 1); at < text.length && text[at] !== ']'; at = skipSpace(text, at)) {
    if (elements.length === count) return undefined;
    const end = endOfValue(text, at);
    elements.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ',') at++;
  }
  return text[skipSpace(text, at + 1)] === '}' ? elements : undefined;
}

/** Where the JSON value that begins at `start` ends. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (depth > 0 || !isAfterScalar(text[at + 1])) continue;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** Whether a number, `true`, `false` or `null` is over before this character. */
function isAfterScalar(character: string | undefined): boolean {
  return character === ',' || character === ']' || isSpace(character);
}
