import type { JudgedStep } from '../run-record.ts';

/** What is known of one rate from all its measurements. */
export interface RateLevel {
  readonly ratePerSecond: number;
  readonly tries: number;
  readonly passes: number;
  /** Longest hold that passed, ms; 0 where none did. */
  readonly longestPassMs: number;
  /** Failing steps. */
  readonly against: number;
  readonly inconclusive: number;
  /** Its newest measurement. */
  readonly last: JudgedStep;
  /**
   * - `passes`, `fails`: settled; a failing step counts once something confirms it
   * - `unsettled`: worth another measurement
   * - `open`: measured as often as it may be, and still no verdict; never counted as a pass
   */
  readonly status: 'passes' | 'fails' | 'unsettled' | 'open';
}

type Tally = Omit<RateLevel, 'status'>;

/** Requests/s of a step's arrivals; null for a burst, which has no rate. */
export function rateOf(step: JudgedStep): number | null {
  const { arrivals } = step.record;
  return arrivals.kind === 'burst' ? null : arrivals.ratePerSecond;
}

/**
 * The rates measured so far, lowest first, each with its verdict. Capacity is monotonic: a pass at a higher rate
 * speaks for a lower one, and a failure at a lower rate confirms one above it. So a lone failure, which on a busy
 * machine may be an accident however bad it looks, counts once it is repeated or has another below it.
 * @param passesWanted passes that settle a rate for good; it is tried at most once more than that
 */
export function rateLevels(history: readonly JudgedStep[], passesWanted: number): readonly RateLevel[] {
  const stepsByRate = new Map<number, [JudgedStep, ...JudgedStep[]]>();
  for (const step of history) {
    const ratePerSecond = rateOf(step);
    if (ratePerSecond === null) continue;
    const known = stepsByRate.get(ratePerSecond);
    if (known) known.push(step);
    else stepsByRate.set(ratePerSecond, [step]);
  }
  const tallies = [...stepsByRate]
    .sort(([a], [b]) => a - b)
    .map(([ratePerSecond, steps]) => tallyOf(ratePerSecond, steps));
  return tallies.map((tally, index) => {
    const isPassedAbove = tallies.slice(index + 1).some(({ passes, against }) => passes > against);
    const firstUncontradicted = tallies.findLastIndex(({ passes, against }) => passes > against) + 1;
    const isFailedBelow = tallies
      .slice(firstUncontradicted, index)
      .some(({ passes, against }) => against > passes);
    return { ...tally, status: statusOf(tally, isPassedAbove, isFailedBelow, passesWanted) };
  });
}

function tallyOf(ratePerSecond: number, steps: readonly [JudgedStep, ...JudgedStep[]]): Tally {
  const passing = steps.filter(({ judgement }) => judgement.verdict === 'pass');
  const failing = steps.filter(({ judgement }) => judgement.verdict === 'fail');
  return {
    ratePerSecond,
    tries: steps.length,
    passes: passing.length,
    longestPassMs: Math.max(0, ...passing.map(({ record }) => record.holdMs)),
    against: failing.length,
    inconclusive: steps.length - passing.length - failing.length,
    last: steps.at(-1) ?? steps[0],
  };
}

function statusOf(
  { passes, against, tries }: Tally,
  isPassedAbove: boolean,
  isFailedBelow: boolean,
  passesWanted: number,
): RateLevel['status'] {
  const isLastTry = tries > passesWanted;
  const support = passes + (isPassedAbove ? 1 : 0);
  const weight = against + (isFailedBelow && !isPassedAbove ? 1 : 0);
  if (against > 0 && weight >= 2 && weight > support) return 'fails';
  if (passes > 0 && support > against && !(isLastTry && support < passesWanted)) return 'passes';
  return isLastTry ? 'open' : 'unsettled';
}
