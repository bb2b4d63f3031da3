import { artilleryNoPool, artilleryPool } from './artillery-http.ts';
import { autocannon } from './autocannon.ts';
import type { LoadTool } from './load-tool.ts';
import { spillway } from './spillway.ts';
import { wrk } from './wrk.ts';

/** All that take part somewhere. */
export const TOOLS: readonly LoadTool[] = [artilleryPool, artilleryNoPool, autocannon, wrk, spillway];

/** What `--tools` takes: a name stands for all that start with it. */
export const TOOL_NAMES = ['spillway', 'artillery', 'autocannon', 'wrk'] as const;

/** Tools that a list of names means; null if a name means none. */
export function chooseTools(names: readonly string[]): readonly LoadTool[] | null {
  if (names.some((name) => !TOOL_NAMES.some((known) => known === name))) return null;
  return TOOLS.filter((tool) => names.some((name) => tool.name.startsWith(name)));
}
