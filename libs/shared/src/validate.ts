import type * as z from 'zod/mini';
import { entrySchema, type Entry } from './entry.ts';
import { formatJsonPath } from './json-path.ts';
import { findNameProblem, MAX_ISSUES, type JsonIssue } from './json-rules.ts';
import { findTextIssues } from './json-text.ts';
import { PRUNE_FROM_LENGTH, pruneJson, type EntryPlace } from './prune-json.ts';
import { readJson } from './read-json.ts';
import type { Issue } from './response.ts';

/** An entry, or why it is none. */
export type ParsedEntry = { readonly ok: true; readonly entry: Entry } | RefusedEntry;

export interface RefusedEntry {
  readonly ok: false;
  /** `too-large`: valid but for its size. */
  readonly reason: 'invalid' | 'too-large';
  /** 1 to `MAX_ISSUES`, in the order of the fields. */
  readonly issues: readonly Issue[];
  /** Whether there are more issues than are listed. */
  readonly isCut: boolean;
}

/** Checks a value that should be an entry. Never throws, whatever the value. */
export function parseEntry(value: unknown): ParsedEntry {
  try {
    const parsed = entrySchema.safeParse(value);
    return parsed.success
      ? { ok: true, entry: parsed.data }
      : refuse(parsed.error.issues.flatMap(toJsonIssues));
  } catch {
    // A getter, or a proxy: what it throws may throw, too, when it is read.
    return refuse([{ path: [], message: 'throws when it is read; want plain data' }]);
  }
}

/** The text of an entry is the entry. */
const ENTRY_PLACE: EntryPlace = { level: 1, maxEntries: 1 };

/**
 * Checks the JSON text of an entry. Stricter than `parseEntry`, since a text also shows what `JSON.parse`
 * loses: repeated names and digits beyond a double's.
 */
export function parseEntryText(text: string): ParsedEntry {
  const json = parseJson(text, ENTRY_PLACE);
  return json.ok ? parseWrittenEntry(json.value, text) : json;
}

/**
 * Checks a value together with its text.
 * @param text what `value` was parsed from
 */
export function parseWrittenEntry(value: unknown, text: string): ParsedEntry {
  const parsed = parseEntry(value);
  if (!parsed.ok) return parsed;
  const issues = findTextIssues(text);
  return issues.length === 0 ? parsed : refuse(issues);
}

/** What a text says as JSON, as far as it matters for entries in this place; or why it says nothing. */
export function parseJson(
  text: string,
  place: EntryPlace,
): { readonly ok: true; readonly value: unknown } | RefusedEntry {
  if (text.trim() === '') return refuse([{ path: [], message: 'is empty; want a JSON object' }]);
  try {
    return { ok: true, value: readJson(text.length > PRUNE_FROM_LENGTH ? pruneJson(text, place) : text) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse([{ path: [], message: `is not JSON: ${detail}` }]);
  }
}

/** @param found at least one */
export function refuse(found: readonly JsonIssue[]): RefusedEntry {
  return {
    ok: false,
    reason: found.every(({ isTooLarge }) => isTooLarge) ? 'too-large' : 'invalid',
    issues: found.slice(0, MAX_ISSUES).map(({ path, message }) => ({ path: formatJsonPath(path), message })),
    isCut: found.length > MAX_ISSUES,
  };
}

function toJsonIssues(issue: z.core.$ZodIssue): JsonIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_ISSUES + 1).map((name) => ({
      path: [...issue.path, name],
      message: findNameProblem(name) ?? 'is not a field of an entry; put it into attributes',
    }));
  }
  const isTooLarge = issue.code === 'custom' && issue.params?.['isTooLarge'] === true;
  return [{ path: issue.path, message: issue.message, isTooLarge }];
}
