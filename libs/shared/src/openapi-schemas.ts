import * as z from 'zod/mini';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES } from './batch.ts';
import { entrySchema, MAX_ID_BYTES, MAX_YEAR, MIN_YEAR } from './entry.ts';
import { MAX_ITEM_BYTES, STORED_OVERHEAD_BYTES } from './entry-size.ts';
import { MAX_DEPTH, MAX_ISSUES, MAX_NAME_BYTES, MIN_MAGNITUDE } from './json-rules.ts';
import { batchSchemaOf, entrySchemaOptions, type JsonSchema } from './json-schema.ts';
import {
  acceptedResponseSchema,
  batchResponseSchema,
  entryOutcomeSchema,
  issueSchema,
  problemResponseSchema,
} from './response-schema.ts';

/** Names that `$ref` finds under `components.schemas`. */
export type BodyName = 'Entry' | 'Batch' | 'Accepted' | 'Issue' | 'Problem' | 'Outcome' | 'Outcomes';

const count = (value: number): string => value.toLocaleString('en-US');

const batchSchema = batchSchemaOf(entrySchema);

/** What a schema can't say, by the schema it is about. */
const texts = z.registry<{ description: string }>();
texts.add(entrySchema, {
  description: [
    `What a client sends. As stored it takes at most ${count(MAX_ITEM_BYTES)} bytes, names and values together, counted in UTF-8; ${STORED_OVERHEAD_BYTES} of them are the service's own.`,
    `Refused with 400 as well, though no schema says so: half surrogate pairs; at any depth the names \`__proto__\`, \`constructor\` and \`prototype\`, empty names and names of more than ${count(MAX_NAME_BYTES)} bytes; more than ${MAX_DEPTH} levels of objects and arrays, the entry being the first; numbers beyond ±${Number.MAX_SAFE_INTEGER} or closer to 0 than ${MIN_MAGNITUDE}; digits that a double can't hold; a name given twice in one object.`,
  ].join('\n\n'),
});
texts.add(entrySchema.shape.id, {
  description: `1 to ${count(MAX_ID_BYTES)} bytes of UTF-8. The same id again means the same entry again.`,
});
texts.add(entrySchema.shape.title, { description: 'Any text.' });
texts.add(entrySchema.shape.year, {
  description: `A whole number from ${MIN_YEAR} to ${MAX_YEAR}, or a text of one to four digits, stored as that number.`,
});
texts.add(entrySchema.shape.attributes, {
  description: 'Any JSON object, stored as it was sent; −0 becomes 0.',
});
texts.add(batchSchema, {
  description: `1 to ${MAX_BATCH_ENTRIES} entries in a text of at most ${count(MAX_BATCH_BYTES)} bytes. On its way to the service every quote takes two bytes, and the whole at most 6 MB: a batch of many short texts meets that limit first.`,
});
texts.add(acceptedResponseSchema, {
  description: 'The entry is stored, by this or an earlier request with the same content.',
});
texts.add(issueSchema, { description: 'One reason why an entry was refused.' });
texts.add(issueSchema.shape.path, { description: 'JSONPath into the body, such as `$.attributes.tags[3]`.' });
texts.add(issueSchema.shape.message, { description: 'For a human; may change.' });
texts.add(problemResponseSchema, { description: 'Why nothing better was answered.' });
texts.add(problemResponseSchema.shape.message, { description: 'For a human; may change.' });
texts.add(problemResponseSchema.shape.issues, {
  description: `What to change, in the order of the fields; at most ${MAX_ISSUES}. Missing where the gateway answers.`,
});
texts.add(entryOutcomeSchema, { description: 'What became of one entry of a batch.' });
texts.add(entryOutcomeSchema.shape.status, {
  description: [
    '- `accepted`: stored, by this or an earlier request',
    '- `conflict`: another entry has its id; it was not changed',
    '- `invalid`, `too-large`: not an entry, or more bytes than may be stored; `issues` says what to change',
    '- `unavailable`: not known to be stored; send it again',
    '- `failed`: a defect of the service; not known to be stored',
  ].join('\n'),
});
texts.add(entryOutcomeSchema.shape.issues, {
  description: 'With `invalid` and `too-large`; paths start at the batch, such as `$.entries[3].year`.',
});
texts.add(batchResponseSchema, { description: 'One outcome for each entry, in the order they were sent.' });

const bodies: Readonly<Record<BodyName, z.ZodMiniType>> = {
  Entry: entrySchema,
  Batch: batchSchema,
  Accepted: acceptedResponseSchema,
  Issue: issueSchema,
  Problem: problemResponseSchema,
  Outcome: entryOutcomeSchema,
  Outcomes: batchResponseSchema,
};

/** Every body as a component of the OpenAPI document: the schemas that both sides parse with, in words. */
export function describeBodies(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(bodies)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...entrySchemaOptions,
    metadata: texts,
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutHead(schema)]));
}

/** OpenAPI names the dialect once for all, and finds a component by its place. */
function withoutHead(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}
