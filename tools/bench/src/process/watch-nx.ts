import { readFileSync } from 'node:fs';
import { isNxTask } from './child-environment.ts';

const INTERVAL_MS = 1_000;

/**
 * Calls back once when the Nx that runs this target is gone: killed, it takes along neither the shell between us nor
 * us, and the load would go on unseen. Outside Nx, and where there is no /proc, nothing is watched.
 */
export function watchNx(onGone: () => void): void {
  const atStart = ancestors();
  if (!isNxTask || atStart === null) return;
  const timer = setInterval(() => {
    if (ancestors() === atStart) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}

/** Parent and grandparent as text; another process takes an orphan in, so a change tells. */
function ancestors(): string | null {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? ''}`;
  } catch {
    return null;
  }
}
