import type { ChecklistContext } from '@spillway/capacity';

/** What a run alone can't say, where nobody looked. */
export const NOT_LOOKED_AT: ChecklistContext = { throttleFile: null, deployedFingerprint: null };
