import { fileURLToPath } from 'node:url';
import type { Place } from './contestant.ts';

const PRELOAD = fileURLToPath(new URL('./gate-requests.cjs', import.meta.url));

/** Arguments of Node and variables that give a peer the ceiling it has no knob for. */
export function gate({ port, environments }: Place): {
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  return {
    nodeArgs: ['--require', PRELOAD],
    env: { BENCH_GATE_PORT: String(port), BENCH_GATE_LIMIT: String(environments) },
  };
}
