import type { RunRecord } from '@spillway/capacity';

/** Which stage a run measured, and in which account and Region where the run says so. */
export function stageText({ stage, place }: Pick<RunRecord, 'stage' | 'place'>): string {
  return place === undefined
    ? `stage ${stage}`
    : `stage ${stage}, account ${place.accountId}, ${place.region}`;
}
