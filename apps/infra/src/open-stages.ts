import type { Stages } from './stages.ts';

/** One line for each deployed stage that takes requests from anybody: it is allowed, and never goes unseen. */
export function openStageLines(stages: Stages): string[] {
  return Object.entries(stages)
    .filter(([, { deploy, auth }]) => deploy !== 'never' && auth === 'none')
    .map(
      ([name]) =>
        `stage "${name}" is open: whoever knows its address may write ("auth": "none" in stages.json)`,
    );
}
