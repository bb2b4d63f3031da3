import { watchNx } from './process/watch-nx.ts';

const INTERRUPTED = 130;

/** Ctrl-C, SIGTERM and the end of Nx end this process at once; what it started ends with it (`orphan-guard.ts`). */
export function endWithNx(): void {
  const end = () => process.exit(INTERRUPTED);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  watchNx(end);
}
