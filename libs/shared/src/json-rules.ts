import { MAX_ITEM_BYTES, utf8Bytes } from './entry-size.ts';
import { describeValue } from './json-path.ts';

/** Levels of objects and arrays in an item, the entry itself being the first: the table's own limit. */
export const MAX_DEPTH = 32;
/** Most bytes of an attribute's name: the table's own limit. */
export const MAX_NAME_BYTES = 65_535;
/** Smallest magnitude a number other than 0 may have: the table's own limit. */
export const MIN_MAGNITUDE = 1e-130;
/** Most issues listed for one entry: the rest of a hostile body is not worth the time. */
export const MAX_ISSUES = 20;

/** Says that a value lies below `MAX_DEPTH`. */
export const TOO_DEEP = `is nested too deep; at most ${MAX_DEPTH} levels, the entry itself included`;

/** Names with a meaning in JavaScript: a careless reader of the item would change its own prototypes. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** A rule that a value breaks: where, counted from the value, and why. */
export interface JsonIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly isTooLarge?: boolean;
}

interface Frame {
  readonly container: object;
  /** null for an array. */
  readonly names: readonly string[] | null;
  readonly length: number;
  next: number;
}

/**
 * What keeps a value from being stored exactly as it was sent: at most `MAX_ISSUES + 1` issues, in document
 * order. Iterative, and bounded by the size of an item, so that no depth, cycle or width can exhaust it.
 * @param depth level of `root`: 2 for a field of the entry
 */
export function findJsonIssues(root: unknown, depth: number): JsonIssue[] {
  const issues: JsonIssue[] = [];
  const stack: Frame[] = [];
  let visited = 0;

  const report = (message: string): void => {
    issues.push({ path: currentPath(stack), message });
  };
  const visit = (value: unknown): void => {
    const problem = findProblem(value);
    if (problem) report(problem);
    else if (value === null || typeof value !== 'object') return;
    else if (stack.length + depth <= MAX_DEPTH) stack.push(openFrame(value));
    else report(TOO_DEEP);
  };

  visit(root);
  for (let frame = stack.at(-1); frame && issues.length <= MAX_ISSUES; frame = stack.at(-1)) {
    if (frame.next === frame.length) {
      stack.pop();
      continue;
    }
    // Every value costs at least a byte, so more values than bytes can't fit: no need to see them all.
    if (++visited > MAX_ITEM_BYTES) {
      return [...issues, { path: [], message: `has more than ${MAX_ITEM_BYTES} values`, isTooLarge: true }];
    }
    const name = frame.names ? (frame.names[frame.next] ?? '') : frame.next;
    frame.next++;
    const nameProblem = typeof name === 'string' ? findNameProblem(name) : undefined;
    if (nameProblem) report(nameProblem);
    else visit(Reflect.get(frame.container, name));
  }
  return issues;
}

/** Why a name may not be used at any level, or undefined. */
export function findNameProblem(name: string): string | undefined {
  if (name === '') return 'has an empty name; give it at least one character';
  if (RESERVED_NAMES.has(name)) return 'has a reserved name; rename it';
  if (!name.isWellFormed()) return 'has a name with half a surrogate pair; send valid Unicode';
  if (name.length * 3 > MAX_NAME_BYTES && utf8Bytes(name) > MAX_NAME_BYTES) {
    return `has a name of ${utf8Bytes(name)} bytes; at most ${MAX_NAME_BYTES}`;
  }
  return undefined;
}

/** Whether a value is what JSON calls an object: not an array, not an instance of a class. */
export function isPlainObject(value: unknown): value is object {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function findProblem(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value.isWellFormed() ? undefined : 'holds half a surrogate pair; send valid Unicode';
  }
  if (typeof value === 'number') return findNumberProblem(value);
  if (value === null || typeof value === 'boolean' || Array.isArray(value) || isPlainObject(value)) {
    return undefined;
  }
  return `is not JSON; found ${describeValue(value)}`;
}

function findNumberProblem(value: number): string | undefined {
  const magnitude = Math.abs(value);
  if (!(magnitude <= Number.MAX_SAFE_INTEGER)) {
    return `can't be stored exactly: beyond ±${Number.MAX_SAFE_INTEGER}; send it as a string`;
  }
  if (magnitude > 0 && magnitude < MIN_MAGNITUDE) {
    return `can't be stored: closer to 0 than ${MIN_MAGNITUDE}; send it as a string`;
  }
  return undefined;
}

function openFrame(container: object): Frame {
  if (Array.isArray(container)) return { container, names: null, length: container.length, next: 0 };
  const names = Object.keys(container);
  return { container, names, length: names.length, next: 0 };
}

function currentPath(stack: readonly Frame[]): PropertyKey[] {
  return stack.map(({ names, next }) => (names ? (names[next - 1] ?? '') : next - 1));
}
