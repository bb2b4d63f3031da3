import type { Stages } from './stages.ts';

/** One line for each deployed stage with clients that nothing keeps from what others are guaranteed: allowed, and seen. */
export function unboundClientLines(stages: Stages): string[] {
  return Object.entries(stages)
    .filter(([, { deploy }]) => deploy !== 'never')
    .map(([name, { clients }]) => [name, clients.filter(({ guaranteed }) => !guaranteed)] as const)
    .filter(([, unbound]) => unbound.length > 0)
    .map(
      ([name, unbound]) =>
        `stage "${name}": ${unbound.map((client) => `client "${client.name}"`).join(', ')} may use up all of the stage's limits, and what others are guaranteed with them (no "guaranteed" in stages.json)`,
    );
}
