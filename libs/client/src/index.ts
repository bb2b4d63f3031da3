export type {
  CallOptions,
  ClientEntry,
  ClientOptions,
  Credentials,
  SigV4Options,
  StreamOptions,
} from './client-options.ts';
export { ClientOptionsError } from './client-options-error.ts';
export type { Clock } from './clock.ts';
export { createClient, type Client } from './create-client.ts';
export type {
  FailureReason,
  IngestFailure,
  IngestRefusal,
  IngestResult,
  IngestSuccess,
  StreamResult,
} from './ingest-result.ts';
