import type { Binding } from '../run-record.ts';

/** Constraints that answer for the stage: a run bound by one did not measure what lies behind it. */
const THROTTLES: readonly Binding['by'][] = ['stage-throttle', 'usage-plan'];

/** Whether a throttle bound a run, so that it says nothing about the stage. */
export function isThrottled(binding: Pick<Binding, 'by'> | null): boolean {
  return binding !== null && THROTTLES.includes(binding.by);
}
