import { MAX_DEPTH, MAX_ISSUES, TOO_DEEP, type JsonIssue } from './json-rules.ts';
import { endOfNumber, endOfString, isNumberStart, readString } from './json-tokens.ts';

/** Digits that every number keeps on its way through a double. */
const SAFE_DIGITS = 15;

interface Frame {
  /** Names seen so far; null for an array. */
  readonly names: Set<string> | null;
  at: string | number;
}

/**
 * What `JSON.parse` changes without a word: a name used twice in one object (the first value vanishes) and
 * numbers with more digits than a double holds (`1e-400` becomes 0).
 * @param text JSON that `JSON.parse` accepts, the value at most `MAX_DEPTH` deep; anything else gives a meaningless answer
 * @returns at most `MAX_ISSUES + 1` issues, in document order
 */
export function findTextIssues(text: string): JsonIssue[] {
  const issues: JsonIssue[] = [];
  const stack: Frame[] = [];
  let isNameNext = false;
  const report = (message: string) => issues.push({ path: pathOf(stack), message });

  for (let at = 0; at < text.length && issues.length <= MAX_ISSUES;) {
    const start = at++;
    const character = text.charAt(start);
    const frame = stack.at(-1);
    if (character === '"') {
      at = endOfString(text, start);
      if (isNameNext && frame?.names) {
        const name = readString(text.slice(start, at));
        frame.at = name;
        if (frame.names.has(name)) report('is given more than once in the same object; send it once');
        frame.names.add(name);
        isNameNext = false;
      }
    } else if (character === '{' || character === '[') {
      // Only a value that a repeated name hides can be this deep: no need to see more of it.
      if (stack.length === MAX_DEPTH) return [...issues, { path: pathOf(stack), message: TOO_DEEP }];
      isNameNext = character === '{';
      stack.push(isNameNext ? { names: new Set(), at: '' } : { names: null, at: 0 });
    } else if (character === '}' || character === ']') {
      stack.pop();
    } else if (character === ',') {
      isNameNext = frame?.names != null;
      if (typeof frame?.at === 'number') frame.at++;
    } else if (isNumberStart(character)) {
      at = endOfNumber(text, start);
      if (!isHeldExactly(text.slice(start, at))) {
        report('has more digits than can be stored exactly; send it as a string if they matter');
      }
    }
  }
  return issues;
}

function pathOf(stack: readonly Frame[]): (string | number)[] {
  return stack.map(({ at }) => at);
}

/** Whether a number literal still has the same decimal value after a round trip through a double. */
export function isHeldExactly(literal: string): boolean {
  if (literal.length <= SAFE_DIGITS && !/[eE]/.test(literal)) return true;
  return normalizeDecimal(literal) === normalizeDecimal(String(Number(literal)));
}

/** `-12.50e1` → `-125e0`: equal texts for equal values. Loops, because a regex is quadratic on long runs of 0. */
function normalizeDecimal(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (start < end && digits[start] === '0') start++;
  while (end > start && digits[end - 1] === '0') end--;
  if (start === end) return whole === '' ? literal : '0';
  return `${sign}${digits.slice(start, end)}e${Number(exponent) - fraction.length + (digits.length - end)}`;
}
