import type { Limits } from '@spillway/throttle';
import { StageError } from './stage-error.ts';
import type { Stage } from './stages.ts';

/**
 * Refuses guarantees that a stage can't keep: all clients' buckets together are larger than its own.
 * @throws StageError `GUARANTEES_TOO_HIGH`
 */
export function checkGuarantees(
  name: string,
  { clients }: Pick<Stage, 'clients'>,
  { rateLimit, burstLimit }: Pick<Limits, 'rateLimit' | 'burstLimit'>,
): void {
  const guarantees = clients.flatMap(({ guaranteed }) => guaranteed ?? []);
  const ratePerSecond = sum(guarantees.map((guaranteed) => guaranteed.ratePerSecond));
  const burstRequests = sum(guarantees.map((guaranteed) => guaranteed.burstRequests));
  const excess = [
    ...(ratePerSecond > rateLimit
      ? [`${ratePerSecond} requests/s, want at most rateLimit ${rateLimit}`]
      : []),
    ...(burstRequests > burstLimit
      ? [`bursts of ${burstRequests} requests, want at most burstLimit ${burstLimit}`]
      : []),
  ];
  if (excess.length === 0) return;
  throw new StageError(
    'GUARANTEES_TOO_HIGH',
    `stages.json: ${name}: clients are guaranteed ${excess.join(', and ')} of throttle.${name}.json; lower what is guaranteed, or measure higher limits with npx nx run loadtest --stage=${name}`,
  );
}

/** Sum of numbers with few decimals: 0.1 + 0.2 must not exceed 0.3. */
function sum(values: readonly number[]): number {
  return Number(values.reduce((total, value) => total + value, 0).toFixed(9));
}
