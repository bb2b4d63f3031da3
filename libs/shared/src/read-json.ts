import { endOfNumber, endOfString, isNumberStart, readString, skipSpace } from './json-tokens.ts';

/**
 * What a JSON text says: `JSON.parse`, but for names written with an escape. Where an earlier text of the same process
 * had an escaped name in the same place of an object of the same shape, V8 13.6 to 14.6 takes a later one for it
 * (nodejs/node#63785): after `{"a":[],"\\":0}` it reads `{"a":1,"\"":2}` as `{"a":1,"\\":2}`, so that one client could
 * change what is stored of another. Names without an escape, and texts, it reads well.
 * @throws SyntaxError as `JSON.parse` does
 */
export function readJson(text: string): unknown {
  if (!hasEscapedName(text)) return JSON.parse(text);
  JSON.parse(text);
  return buildValue(text);
}

/** Whether a name in the text holds a backslash; of a text that is not JSON the answer means nothing. */
function hasEscapedName(text: string): boolean {
  const backslash = text.indexOf('\\');
  if (backslash === -1) return false;
  for (let start = text.indexOf('"'); start !== -1;) {
    const end = endOfString(text, start);
    const isEscaped = end > backslash && text.slice(start, end).includes('\\');
    if (isEscaped && text[skipSpace(text, end)] === ':') return true;
    start = text.indexOf('"', end);
  }
  return false;
}

interface Frame {
  readonly container: unknown[] | Record<string, unknown>;
  /** Of the member whose value comes next; of no use in an array. */
  name: string;
}

/** @param text JSON that `JSON.parse` accepts; iterative, so that no depth exhausts the stack */
function buildValue(text: string): unknown {
  const whole: unknown[] = [];
  const stack: Frame[] = [{ container: whole, name: '' }];
  let isNameNext = false;
  for (let at = 0; at < text.length;) {
    const start = at++;
    const character = text.charAt(start);
    const frame = stack.at(-1);
    if (!frame) break;
    if (character === '"') {
      at = endOfString(text, start);
      const string = readString(text.slice(start, at));
      if (isNameNext) frame.name = string;
      else put(frame, string);
      isNameNext = false;
    } else if (character === '{' || character === '[') {
      isNameNext = character === '{';
      const container = isNameNext ? {} : [];
      put(frame, container);
      stack.push({ container, name: '' });
    } else if (character === '}' || character === ']') {
      stack.pop();
      isNameNext = false;
    } else if (character === ',') {
      isNameNext = !Array.isArray(frame.container);
    } else if (isNumberStart(character)) {
      at = endOfNumber(text, start);
      put(frame, Number(text.slice(start, at)));
    } else {
      const word = words.get(character);
      if (!word) continue;
      at = start + word.length;
      put(frame, word.value);
    }
  }
  return whole[0];
}

/** By first letter. */
const words: ReadonlyMap<string, { readonly length: number; readonly value: boolean | null }> = new Map([
  ['t', { length: 'true'.length, value: true }],
  ['f', { length: 'false'.length, value: false }],
  ['n', { length: 'null'.length, value: null }],
]);

/** As `JSON.parse` does: the last of several values of a name wins, and `__proto__` is a name like any other. */
function put({ container, name }: Frame, value: unknown): void {
  if (Array.isArray(container)) container.push(value);
  else if (name !== '__proto__') container[name] = value;
  else
    Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
}
