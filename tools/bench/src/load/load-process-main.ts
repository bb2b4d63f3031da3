/** The load process: takes one job at a time from the process that forked it, and ends with it. */
import { runClosedLoop } from './closed-loop.ts';
import { runFlood } from './flood.ts';
import type { LoadAnswer, LoadJob, LoadResult } from './job.ts';
import { runOpenLoop } from './open-loop.ts';

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group: the parent decides what ends and how.
process.on('SIGINT', () => undefined);

process.on('message', (job) => void answer(job as LoadJob));

async function answer(job: LoadJob): Promise<void> {
  const message: LoadAnswer = await run(job).then(
    (result) => ({ ok: true, result }),
    (error: unknown) => ({ ok: false, message: String(error) }),
  );
  process.send?.(message);
}

function run(job: LoadJob): Promise<LoadResult> {
  switch (job.kind) {
    case 'closed':
      return runClosedLoop(job);
    case 'open':
      return runOpenLoop(job);
    case 'flood':
      return runFlood(job);
  }
}
