import { isDeepStrictEqual } from 'node:util';

/** What changed since a stage was deployed, as far as it concerns stages. */
export interface Change {
  readonly throttled: readonly string[];
  readonly stagesBefore: Readonly<Record<string, unknown>>;
  readonly stagesAfter: Readonly<Record<string, unknown>>;
  /** Files that changed and, some of them, are what every stage is made from. */
  readonly shared: readonly string[];
}

/** Files named in a reason; more would hide it. */
const NAMED_FILES = 3;

/** Why a stage is deployed; `null` where what is deployed is what would be. */
export function reasonToDeploy(stage: string, change: Change): string | null {
  const { throttled, stagesBefore, stagesAfter, shared } = change;
  if (shared.length > 0) return `what every stage is made from changed, with ${nameFiles(shared)}`;
  if (throttled.includes(stage)) return `throttle.${stage}.json changed`;
  if (!isDeepStrictEqual(stagesBefore[stage], stagesAfter[stage])) return 'its part of stages.json changed';
  return null;
}

function nameFiles(files: readonly string[]): string {
  const named = files.slice(0, NAMED_FILES).join(', ');
  return files.length > NAMED_FILES ? `${named} and ${files.length - NAMED_FILES} more` : named;
}
