import * as z from 'zod/mini';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES } from './batch.ts';
import { utf8Bytes } from './entry-size.ts';
import { sliceElements } from './json-elements.ts';
import { cutPath, describeWant, formatJsonPath } from './json-path.ts';
import { MAX_ISSUES, type JsonIssue } from './json-rules.ts';
import type { EntryPlace } from './prune-json.ts';
import { parseJson, parseWrittenEntry, refuse, type ParsedEntry, type RefusedEntry } from './validate.ts';

/** The entries of a batch in order, each parsed by itself; or why the body is no batch. */
export type ParsedBatch = { readonly ok: true; readonly entries: readonly ParsedEntry[] } | RefusedEntry;

const want = `an array of 1 to ${MAX_BATCH_ENTRIES} entries`;

/** Of the envelope only: each entry answers for itself. */
const envelopeSchema = z.strictObject(
  {
    entries: z
      // Not `z.array`, which would walk millions of elements before it counts them.
      .custom<readonly unknown[]>(Array.isArray, { error: describeWant(want) })
      .check(
        z.check(({ value, issues }) => {
          if (value.length >= 1 && value.length <= MAX_BATCH_ENTRIES) return;
          issues.push({ code: 'custom', message: `has ${value.length} entries; want ${want}`, input: value });
        }),
      ),
  },
  { error: describeWant(`a JSON object with entries, ${want}`) },
);

/** Entries are in an array, and that in an object. */
const BATCH_PLACE: EntryPlace = { level: 3, maxEntries: MAX_BATCH_ENTRIES };

/**
 * Checks the JSON text of a batch. What it says of an entry is what `parseEntryText` says of that entry's own text, with
 * paths that start at the batch. Never throws; takes time in proportion to the text.
 */
export function parseBatchText(text: string): ParsedBatch {
  const bytes = text.length > MAX_BATCH_BYTES / MAX_UTF8_BYTES ? utf8Bytes(text) : text.length;
  if (bytes > MAX_BATCH_BYTES) {
    return refuse([
      { path: [], message: `has ${bytes} bytes; at most ${MAX_BATCH_BYTES}`, isTooLarge: true },
    ]);
  }
  const json = parseJson(text, BATCH_PLACE);
  if (!json.ok) return json;
  const parsed = envelopeSchema.safeParse(json.value);
  if (!parsed.success) return refuse(parsed.error.issues.flatMap(toJsonIssues));
  const texts = sliceElements(text, parsed.data.entries.length);
  if (!texts) return refuse([{ path: ['entries'], message: 'is given more than once; send it once' }]);
  return {
    ok: true,
    entries: parsed.data.entries.map((value, i) => placeAt(i, parseWrittenEntry(value, texts[i] ?? ''))),
  };
}

/** Most bytes of one UTF-16 unit in UTF-8. */
const MAX_UTF8_BYTES = 3;

function placeAt(index: number, parsed: ParsedEntry): ParsedEntry {
  if (parsed.ok) return parsed;
  const place = formatJsonPath(['entries', index]);
  return {
    ...parsed,
    issues: parsed.issues.map(({ path, message }) => ({
      path: cutPath(`${place}${path.slice(1)}`),
      message,
    })),
  };
}

function toJsonIssues(issue: z.core.$ZodIssue): JsonIssue[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys
    .slice(0, MAX_ISSUES + 1)
    .map((name) => ({ path: [name], message: 'is not a field of a batch; want only entries' }));
}
