import { hash } from 'node:crypto';
import type { Entry, JsonValue } from '@spillway/shared';

/**
 * SHA-256 of an entry's content as unpadded base64url, 43 characters: equal for entries that are equal as JSON,
 * in whatever order their names came. Stored with every item, so it must never be computed differently:
 * repeats of entries stored before such a change would be refused as conflicts.
 */
export function hashContent(entry: Entry): string {
  return hash('sha256', canonicalJson({ ...entry }), 'base64url');
}

/** JSON without white space and with names sorted by UTF-16 code unit, as in RFC 8785. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`);
  return `{${members.join()}}`;
}
