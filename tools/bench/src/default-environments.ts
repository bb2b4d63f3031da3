import { availableParallelism } from 'node:os';

const ENVIRONMENTS_PER_CPU = 4;
const FEWEST = 8;

/** As many execution environments as the local stage starts by default: more of them only slow each other down. */
export function defaultEnvironments(): number {
  return Math.max(FEWEST, ENVIRONMENTS_PER_CPU * availableParallelism());
}
