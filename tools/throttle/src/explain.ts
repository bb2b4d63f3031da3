import { explainLimits, type Explanation } from '@spillway/capacity';
import { readThrottleFile } from './workspace-files.ts';

/**
 * What a throttle file will do, in sentences.
 * @param durationMs mean duration of an invocation; without it the measured one, where the file has evidence
 * @throws WorkspaceFileError, ThrottleConfigError
 */
export function explain(file: string, durationMs?: number): Explanation {
  const { limits, evidence } = readThrottleFile(file).config;
  const measuredMs = evidence.kind === 'measured' ? evidence.measurements.serviceTime.meanUpperMs : undefined;
  const explanation = explainLimits(limits, durationMs ?? measuredMs);
  if (durationMs !== undefined || measuredMs !== undefined) return explanation;
  const next = 'Nobody measured how long an invocation takes: give --duration-ms to hear about concurrency.';
  return { ...explanation, sentences: [...explanation.sentences, next] };
}
