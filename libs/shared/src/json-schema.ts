import * as z from 'zod/mini';
import { MAX_BATCH_ENTRIES } from './batch.ts';
import { entrySchema, MAX_ID_BYTES, MAX_YEAR, MIN_YEAR, type EntryInput } from './entry.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = Record<string, unknown>;

/**
 * The checks of `entrySchema` in keywords that mean the same in draft 4 and in 2020-12: lengths count characters, of which
 * there are never more than bytes; `multipleOf` takes the 2023.0 that draft 4 does not call an `integer`; a list of
 * types says what `anyOf` would, which AWS has listed as unsupported in models.
 */
const fieldRules: Record<keyof EntryInput, JsonSchema> = {
  id: { type: 'string', minLength: 1, maxLength: MAX_ID_BYTES },
  title: { type: 'string' },
  year: {
    type: ['number', 'string'],
    minimum: MIN_YEAR,
    maximum: MAX_YEAR,
    multipleOf: 1,
    pattern: `^[0-9]{1,${String(MAX_YEAR).length}}$`,
  },
  attributes: { type: 'object' },
};
const fieldNames = ['id', 'title', 'year', 'attributes'] as const;

/**
 * The entry as a request model of API Gateway. It refuses only what `parseEntryText` refuses; what no schema can say
 * (bytes, depth, Unicode, digits, names inside `attributes`) stays with the service.
 */
export function entryModel(): JsonSchema {
  return { ...z.toJSONSchema(entrySchema, { ...entrySchemaOptions, target: 'draft-04' }), title: 'Entry' };
}

/**
 * The envelope of a batch as a request model of API Gateway. It says nothing about the entries: each gets an outcome
 * of its own. AWS documents that models imported from OpenAPI lose `minItems` and `maxItems`; that other models keep
 * them is unverified, so the service counts again.
 */
export function batchModel(): JsonSchema {
  return { ...z.toJSONSchema(batchSchemaOf(z.unknown()), { target: 'draft-04' }), title: 'Batch' };
}

/** What `z.toJSONSchema` needs to say everything about an entry that a schema can, wherever one is in `schema`. */
export const entrySchemaOptions: z.core.ToJSONSchemaParams = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }) => {
    const name = fieldNames.find((field) => entrySchema.shape[field] === zodSchema);
    if (!name) return;
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, fieldRules[name]);
  },
};

/** The envelope of a batch; `entry` describes one of its entries. */
export const batchSchemaOf = (entry: z.ZodMiniType) =>
  z.strictObject({ entries: z.array(entry).check(z.minLength(1), z.maxLength(MAX_BATCH_ENTRIES)) });
