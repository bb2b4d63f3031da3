/** Folder of a step's shards in the results place. */
export function shardFolder(stepName: string): string {
  return `step-${stepName}.shards`;
}

/** What shards leave in it: first who is which, then when all start, then each its results. */
export const shardFiles = {
  claim: (index: number) => `claim-${index}.json`,
  ready: (index: number) => `ready-${index}.json`,
  /** The one decision of all: when they start, or that and why they don't. */
  start: 'start.json',
  /** Put there by whoever wants the step to end early. */
  stop: 'stop.json',
  answers: (index: number) => `answers-${index}.csv`,
  /** Written last: its presence means that the answers are whole. */
  record: (index: number) => `shard-${index}.json`,
} as const;
