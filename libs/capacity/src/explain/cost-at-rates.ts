import { costAtShares, type CostAtShare } from '../cost/cost-at-shares.ts';
import type { Cost } from '../cost/cost-of.ts';
import { lambdaUsdPerMillion } from '../cost/lambda-cost.ts';
import { grouped, percent, usd } from '../figures.ts';
import type { Subject } from './subject.ts';

/** Costs at shares of a rate; without a duration those of Lambda's GB-seconds are 0. */
export function costAtRates(subject: Subject, ratePerSecond: number): readonly CostAtShare[] {
  const { limits, payloadBytes, itemBytes, durationMs } = subject;
  const { memorySize } = limits;
  return costAtShares({ payloadBytes, itemBytes, durationMs: durationMs ?? 0, memorySize, ratePerSecond });
}

/** The bill in sentences. */
export function describeCosts(
  { limits, durationMs }: Subject,
  costs: readonly CostAtShare[],
): readonly string[] {
  const whole = costs.at(-1);
  if (whole === undefined) return [];
  const durationUsd = (ms: number): number => lambdaUsdPerMillion(limits.memorySize, ms).duration;
  const perTenMs = durationUsd(20) - durationUsd(10);
  return [
    `A month at a steady share of ${grouped(whole.ratePerSecond, 4)}/s, the least rate above.`,
    ...costs.map(
      ({ share, ratePerSecond, rest, http }) =>
        `At ${percent(share)} (${grouped(ratePerSecond, 3)}/s): REST API ${bill(rest)}; HTTP API ${bill(http)}.`,
    ),
    `At ${percent(whole.share)} of a REST API's million: ${parts(whole.rest)}.`,
    ...(durationMs === null
      ? [
          `Without a duration Lambda's GB-seconds are missing: ${usd(perTenMs)} a million for each 10 ms at ${grouped(limits.memorySize)} MB (F72).`,
        ]
      : []),
    `On top, the entries of each month at that rate add ${usd(whole.rest.storageUsdPerMonthKept)} to every month they are kept (F73).`,
    `Not contained: ${whole.rest.notContained.join('; ')}.`,
  ];
}

function bill(cost: Cost): string {
  return `${usd(cost.usdPerMillion)} a million, ${usd(cost.usdPerMonth)} a month`;
}

function parts(cost: Cost): string {
  return cost.lines
    .filter(({ usdPerMillion }) => usdPerMillion > 0)
    .sort((a, b) => b.usdPerMillion - a.usdPerMillion)
    .map(({ name, because, usdPerMillion }) => `${name} ${usd(usdPerMillion)}, ${because}`)
    .join('; ');
}
