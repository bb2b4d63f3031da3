import { costOf, type Cost } from '../cost/cost-of.ts';
import { lambdaUsdPerMillion } from '../cost/lambda-cost.ts';
import { grouped, percent, usd } from '../figures.ts';
import type { Subject } from './subject.ts';

/** The bill at a share of the rate, behind either kind of API. */
export interface CostAtRate {
  readonly ratio: number;
  readonly ratePerSecond: number;
  readonly rest: Cost;
  readonly http: Cost;
}

const RATIOS = [0.1, 0.5, 1];

/** Costs at 10, 50 and 100 % of a rate; without a duration those of Lambda's GB-seconds are 0. */
export function costAtRates(subject: Subject, ratePerSecond: number): readonly CostAtRate[] {
  const { limits, payloadBytes, itemBytes, durationMs } = subject;
  const fixed = { payloadBytes, itemBytes, durationMs: durationMs ?? 0, memorySize: limits.memorySize };
  return RATIOS.map((ratio) => {
    // The least that costOf takes: a rate limit may be tiny.
    const input = { ...fixed, ratePerSecond: Math.max(1e-9, ratio * ratePerSecond) };
    return {
      ratio,
      ratePerSecond: input.ratePerSecond,
      rest: costOf({ ...input, api: 'rest' }),
      http: costOf({ ...input, api: 'http' }),
    };
  });
}

/** The bill in sentences. */
export function describeCosts(
  { limits, durationMs }: Subject,
  costs: readonly CostAtRate[],
): readonly string[] {
  const whole = costs.at(-1);
  if (whole === undefined) return [];
  const perTenMs = lambdaUsdPerMillion(limits.memorySize, 10).duration;
  return [
    `A month at a steady share of ${grouped(whole.ratePerSecond, 4)}/s, the least rate above.`,
    ...costs.map(
      ({ ratio, ratePerSecond, rest, http }) =>
        `At ${percent(ratio)} (${grouped(ratePerSecond, 3)}/s): REST API ${bill(rest)}; HTTP API ${bill(http)}.`,
    ),
    `At ${percent(whole.ratio)} of a REST API's million: ${parts(whole.rest)}.`,
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
