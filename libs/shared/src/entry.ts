import * as z from 'zod/mini';
import { MAX_ITEM_BYTES, storedItemBytes, utf8Bytes } from './entry-size.ts';
import { describeWant } from './json-path.ts';
import { findJsonIssues, isPlainObject } from './json-rules.ts';

/** Any value JSON can express. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Most bytes of an id, in UTF-8 (F46). */
export const MAX_ID_BYTES = 2_048;
/** Years are written with at most four digits, as in ISO 8601. */
export const MIN_YEAR = 0;
export const MAX_YEAR = 9_999;

/** Level of the entry's fields in the item; the entry itself is level 1. */
const FIELD_DEPTH = 2;

const wellFormed = z.check<string>(({ value, issues }) => {
  for (const { path, message } of findJsonIssues(value, FIELD_DEPTH)) {
    issues.push({ code: 'custom', path: [...path], message, input: value });
  }
});

const idSchema = z.string({ error: describeWant(`a string of 1 to ${MAX_ID_BYTES} bytes`) }).check(
  wellFormed,
  z.check(({ value, issues }) => {
    const bytes = utf8Bytes(value);
    if (bytes >= 1 && bytes <= MAX_ID_BYTES) return;
    const message = `has ${bytes} bytes in UTF-8; want 1 to ${MAX_ID_BYTES}`;
    issues.push({ code: 'custom', message, input: value });
  }),
);

const titleSchema = z.string({ error: describeWant('a string') }).check(wellFormed);

const describeYear = describeWant(`a whole number from ${MIN_YEAR} to ${MAX_YEAR}, such as 2023 or "2023"`);

const yearSchema = z.pipe(
  z.union([z.number(), z.string()], { error: describeYear }),
  z.transform((input, { issues }) => {
    const year = typeof input === 'string' && /^\d{1,4}$/.test(input) ? Number(input) : input;
    if (typeof year === 'number' && Number.isInteger(year) && year >= MIN_YEAR && year <= MAX_YEAR) {
      // -0 is 0 once stored.
      return Math.abs(year);
    }
    issues.push({ code: 'custom', message: describeYear({ input }), input });
    return z.NEVER;
  }),
);

const attributesSchema = z
  .custom<JsonObject>(isPlainObject, { error: describeWant('a JSON object, or no such field') })
  .check(
    z.check(({ value, issues }) => {
      for (const { path, message, isTooLarge } of findJsonIssues(value, FIELD_DEPTH)) {
        issues.push({ code: 'custom', path: [...path], message, input: value, params: { isTooLarge } });
      }
    }),
  );

/**
 * What a client sends.
 * - `id` 1 to 2,048 bytes of UTF-8 (F46): the same id again means the same entry again
 * - `title` any text
 * - `year` whole number, 0 to 9999; a string of one to four digits is taken as that number
 * - `attributes` any JSON object whose names and numbers can be stored exactly as sent
 *
 * The item it is stored as has at most 400 KB (F42).
 */
export const entrySchema = z
  .strictObject(
    {
      id: idSchema,
      title: titleSchema,
      year: yearSchema,
      attributes: z.exactOptional(attributesSchema),
    },
    { error: describeWant('a JSON object with id, title, year and, if needed, attributes') },
  )
  .check(
    z.check(({ value, issues }) => {
      const bytes = storedItemBytes(value);
      if (bytes <= MAX_ITEM_BYTES) return;
      const message = `takes ${bytes} bytes when stored; at most ${MAX_ITEM_BYTES}`;
      issues.push({ code: 'custom', message, input: value, params: { isTooLarge: true } });
    }),
  );

/** An accepted entry, as it is stored. */
export type Entry = z.infer<typeof entrySchema>;
/** An entry as a client may write it: `year` also as text. */
export type EntryInput = z.input<typeof entrySchema>;
