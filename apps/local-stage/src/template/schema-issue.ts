import { inspect } from 'node:util';
import type * as z from 'zod';

const SHOWN_CHARACTERS = 80;

/**
 * What a schema does not take, as found and wanted: `found 'soon', want number`.
 * @param value what the schema was given, before anything was made of it
 */
export function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (issue === undefined) return 'unreadable';
  return `found ${shown(valueAt(value, issue.path))}, ${wanted(issue)}`;
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `want ${issue.expected}`;
    case 'too_big':
      return `want ${issue.inclusive === false ? '<' : '≤'} ${issue.maximum}`;
    case 'too_small':
      return `want ${issue.inclusive === false ? '>' : '≥'} ${issue.minimum}`;
    case 'invalid_value':
      return `want one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'want another type';
    default:
      return issue.message;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  return at;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = inspect(value, { depth: 1, breakLength: Infinity });
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
