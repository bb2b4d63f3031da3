/** Longest part of a name shown in a path, characters: a name may be 400 KB long, an answer should not be. */
const MAX_NAME_LENGTH = 64;

/**
 * Longest path shown, characters, the `…` of a cut one included. What an answer may take is 6 MB (F37), with `MAX_ISSUES` paths for each of
 * `MAX_BATCH_ENTRIES` entries, and a quote in a name is written with eight characters in the end.
 */
export const MAX_PATH_LENGTH = 512;

/**
 * Where in a JSON value something is, as in JSONPath: `$.attributes.tags[3]`, `$["odd name"]`.
 * Names that are not identifiers are quoted and escaped as JSON; long names and long paths are cut with `…`.
 */
export function formatJsonPath(segments: readonly PropertyKey[]): string {
  return cutPath(segments.reduce<string>((path, segment) => path + formatSegment(segment), '$'));
}

/** The path, with `…` for its end if it is longer than `MAX_PATH_LENGTH`. */
export function cutPath(path: string): string {
  return path.length <= MAX_PATH_LENGTH ? path : `${path.slice(0, MAX_PATH_LENGTH - 1)}…`;
}

function formatSegment(segment: PropertyKey): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const name = shorten(String(segment), MAX_NAME_LENGTH);
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** What was found, for a message to a human: short whatever its size, never a raw object. */
export function describeValue(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(shorten(value, 40));
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}

/** Message for what was found in the place of `want`. */
export const describeWant = (want: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? `is missing; want ${want}` : `is ${describeValue(issue.input)}; want ${want}`;
