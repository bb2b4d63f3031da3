import type { Limits } from '@spillway/throttle';
import { batchLimits } from './constructs/batch-limits.ts';
import { StageError } from './stage-error.ts';
import type { Stage } from './stages.ts';

/** Requests/s: one batch a minute. Below it a client that missed its turn waits longer than a request may last. */
const SLOWEST_PER_SECOND = 1 / 60;

/**
 * Refuses a deployed stage whose bucket of `POST /batch` hardly ever refills: the gateway says "in a second" to whoever
 * finds it empty (`Retry-After`), and can't say more.
 * @throws StageError `BATCHES_TOO_SLOW`
 */
export function checkBatchRate(
  name: string,
  { deploy, batchShare }: Pick<Stage, 'deploy' | 'batchShare'>,
  limits: Pick<Limits, 'rateLimit' | 'burstLimit'>,
): void {
  if (deploy === 'never') return;
  const perSecond = batchLimits(limits, batchShare).rateLimit;
  if (perSecond >= SLOWEST_PER_SECOND) return;
  const enough = Math.ceil((1000 * batchShare * SLOWEST_PER_SECOND) / perSecond) / 1000;
  const raise = enough <= 1 ? `say "batchShare": ${enough}, or ` : '';
  throw new StageError(
    'BATCHES_TOO_SLOW',
    `stages.json: ${name}: one batch in ${Math.round(1 / perSecond)} s by batchShare ${batchShare} of rateLimit ${limits.rateLimit}, want at least one a minute; ${raise}measure higher limits with npx nx run loadtest --stage=${name}`,
  );
}
