import { readFileSync } from 'node:fs';
import { environment } from './environment.ts';

/** How often the ancestors are looked at, ms. */
const INTERVAL_MS = 1_000;

/**
 * Calls back once when the Nx that runs this target is gone: killed, it takes along neither the shell between us
 * nor us, and the load would go on unseen. Outside Nx, and where there is no /proc, nothing is watched.
 */
export function watchNx(onGone: () => void): void {
  if (!environment.isNxTask || ancestors() === null) return;
  const atStart = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === atStart) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}

/** Process ids of parent and grandparent as text; another process takes an orphan in, so a change tells. */
function ancestors(): string | null {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? ''}`;
  } catch {
    return null;
  }
}
