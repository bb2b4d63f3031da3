import { explainLimits, type Explanation } from '@spillway/capacity';
import { STORED_OVERHEAD_BYTES } from '@spillway/shared';
import { parseExplainableConfig } from '@spillway/throttle';
import { basename } from 'node:path';
import { readConfigText } from './workspace-files.ts';

/** What the limits are looked at with, where not with what the file's evidence says. */
export interface ExplainOptions {
  /** Mean duration of an invocation. */
  readonly durationMs?: number | undefined;
  /** Bytes of a request's body. */
  readonly payloadBytes?: number | undefined;
}

/**
 * What the limits of a file will do: a throttle file, or one that holds limits alone.
 * @throws WorkspaceFileError, ThrottleConfigError
 */
export function explain(file: string, { durationMs, payloadBytes }: ExplainOptions = {}): Explanation {
  const { limits, evidence } = parseExplainableConfig(readConfigText(file), basename(file));
  // The item leaves out JSON's punctuation: it is at most this large.
  const size =
    payloadBytes === undefined
      ? undefined
      : { payloadBytes, itemBytes: payloadBytes + STORED_OVERHEAD_BYTES };
  return explainLimits({ limits, evidence, durationMs, size });
}
