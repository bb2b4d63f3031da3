export {
  entrySchema,
  MAX_ID_BYTES,
  MAX_YEAR,
  MIN_YEAR,
  type Entry,
  type EntryInput,
  type JsonObject,
  type JsonValue,
} from './entry.ts';
export { MAX_ITEM_BYTES, STORED_OVERHEAD_BYTES, storedItemBytes, utf8Bytes } from './entry-size.ts';
export {
  MAX_BATCH_BYTES,
  MAX_BATCH_ENTRIES,
  type BatchRequest,
  type BatchResponse,
  type EntryOutcome,
  type EntryStatus,
} from './batch.ts';
export { MAX_DEPTH, MAX_ISSUES } from './json-rules.ts';
export {
  ACCEPTED_MESSAGE,
  responseStatuses,
  type AcceptedResponse,
  type Issue,
  type ProblemResponse,
} from './response.ts';
export { parseEntry, parseEntryText, type ParsedEntry, type RefusedEntry } from './validate.ts';
export { parseBatchText, type ParsedBatch } from './validate-batch.ts';
