import { parseEntry, parseEntryText, type Entry, type EntryInput, type Issue } from '@spillway/shared';
import { batchModel, entryModel } from '@spillway/shared/json-schema';
import { openApiDocument } from '@spillway/shared/openapi';
import { problemResponseSchema } from '@spillway/shared/response-schema';

const input: EntryInput = { id: '12', title: 'kkkg', year: '2023', attributes: { tags: ['a'] } };

// Were the types lost on the way, these would be no errors, and the comments would be.
// @ts-expect-error a number is no id
const wrongId: EntryInput = { ...input, id: 12 };
// @ts-expect-error a stored year is a number
const wrongYear: Entry = { id: '12', title: 'kkkg', year: '2023' };
// @ts-expect-error what ships is what `exports` names
await import('@spillway/shared/lib/entry.js').catch(() => undefined);

export const yearOf = (value: unknown): number | undefined => {
  const parsed = parseEntry(value);
  return parsed.ok ? parsed.entry.year : undefined;
};
const issuesOf = (text: string): readonly Issue[] => {
  const parsed = parseEntryText(text);
  return parsed.ok ? [] : parsed.issues;
};

export const contractFacts = {
  year: yearOf(input),
  wrong: [wrongId, wrongYear].map((value) => parseEntry(value).ok),
  paths: issuesOf('{"id":"12","title":"kkkg","year":20233}').map(({ path }) => path),
  models: [entryModel(), batchModel()].map((model) => JSON.stringify(model).includes('draft-04')),
  openapi: openApiDocument().openapi,
  problem: problemResponseSchema.parse({ message: 'Forbidden' }),
};
