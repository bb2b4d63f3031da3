// Under `verbatimModuleSyntax` the second import stays in the module, and only `sideEffects: false` lets it go.
import type { Entry } from '@spillway/shared';
import { type ProblemResponse } from '@spillway/shared';
import { type IngestResult } from '@spillway/client';

export interface Outbox {
  readonly entries: readonly Entry[];
  readonly results: readonly IngestResult[];
  readonly problem?: ProblemResponse;
}
