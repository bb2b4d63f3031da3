import type { Tally } from '../load/job.ts';

/** A job's requests: id prefix and how they ended. */
export interface SentJob {
  readonly idPrefix: string;
  readonly tally: Pick<Tally, 'sent' | 'notServed'>;
}

/** What was acknowledged, compared with what is stored, id by id. */
export interface Audit {
  readonly acknowledged: number;
  /** Acknowledged, and not in the table. */
  readonly lost: number;
  /** In the table, although the answer was no 200: refused or broken after the write. */
  readonly storedUnacknowledged: number;
  /** In the table, and sent by nobody. */
  readonly neverSent: number;
}

export function auditJobs(jobs: readonly SentJob[], stored: ReadonlySet<string>): Audit {
  let [acknowledged, lost, sentAndStored, storedUnacknowledged] = [0, 0, 0, 0];
  for (const { idPrefix, tally } of jobs) {
    const notServed = new Set(tally.notServed);
    for (let sequence = 0; sequence < tally.sent; sequence += 1) {
      const isStored = stored.has(`${idPrefix}${sequence}`);
      if (isStored) sentAndStored += 1;
      if (notServed.has(sequence)) {
        if (isStored) storedUnacknowledged += 1;
        continue;
      }
      acknowledged += 1;
      if (!isStored) lost += 1;
    }
  }
  return { acknowledged, lost, storedUnacknowledged, neverSent: stored.size - sentAndStored };
}
