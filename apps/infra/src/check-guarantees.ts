import type { Limits } from '@spillway/throttle';
import { batchLimits } from './constructs/batch-limits.ts';
import { StageError } from './stage-error.ts';
import type { Stage } from './stages.ts';

/**
 * Refuses guarantees that a stage can't keep: all clients' buckets together, of entries or of batches, are larger than its
 * own. Their batches' rates fit wherever their rates do; their sizes may not, since each is one batch at least.
 * @throws StageError `GUARANTEES_TOO_HIGH`
 */
export function checkGuarantees(
  name: string,
  { clients, batchShare }: Pick<Stage, 'clients' | 'batchShare'>,
  { rateLimit, burstLimit }: Pick<Limits, 'rateLimit' | 'burstLimit'>,
): void {
  const guarantees = clients.flatMap(({ guaranteed }) => guaranteed ?? []);
  const ratePerSecond = sum(guarantees.map((guaranteed) => guaranteed.ratePerSecond));
  const burstRequests = sum(guarantees.map((guaranteed) => guaranteed.burstRequests));
  const batchBurst = (rate: number, burst: number) =>
    batchLimits({ rateLimit: rate, burstLimit: burst }, batchShare).burstLimit;
  const batches = sum(guarantees.map((client) => batchBurst(client.ratePerSecond, client.burstRequests)));
  const stageBatches = batchBurst(rateLimit, burstLimit);
  const excess = [
    ...(ratePerSecond > rateLimit
      ? [`${ratePerSecond} requests/s, want at most rateLimit ${rateLimit}`]
      : []),
    ...(burstRequests > burstLimit
      ? [`bursts of ${burstRequests} requests, want at most burstLimit ${burstLimit}`]
      : []),
    ...(batches > stageBatches
      ? [`bursts of ${batches} batches, want at most ${stageBatches}, batchShare ${batchShare} × burstLimit`]
      : []),
  ];
  if (excess.length === 0) return;
  const share = batches > stageBatches ? 'raise batchShare, ' : '';
  throw new StageError(
    'GUARANTEES_TOO_HIGH',
    `stages.json: ${name}: clients are guaranteed ${excess.join(', and ')} of throttle.${name}.json; lower what is guaranteed, ${share}or measure higher limits with npx nx run loadtest --stage=${name}`,
  );
}

/** Sum of numbers with few decimals: 0.1 + 0.2 must not exceed 0.3. */
function sum(values: readonly number[]): number {
  return Number(values.reduce((total, value) => total + value, 0).toFixed(9));
}
