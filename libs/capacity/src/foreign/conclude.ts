import { goodShare } from '../figures.ts';
import type { ExaminedReport } from './examined-report.ts';
import { rateText } from './rate-text.ts';

/** The highest rate that a report is evidence for: at least that, or nothing; an upper end it never is. */
export interface Conclusion {
  readonly atLeastPerSecond: number | null;
  readonly sentence: string;
}

/**
 * The highest plateau that holds, with none below it that fails; a plateau that is open neither supports nor denies.
 * One report can't bound the rate from above: who failed, the stage or the generator, is not in it, and nothing in it
 * was repeated.
 */
export function concludeFrom({ report, judged, changing, targets }: ExaminedReport): Conclusion {
  const nothing = (why: string) => ({
    atLeastPerSecond: null,
    sentence: `Nothing follows about capacity: ${why}.`,
  });
  if (report.total.requests === 0) return nothing('no HTTP request was sent');
  if (judged.length === 0) {
    return nothing(
      changing.length > 0
        ? 'no rate was held for two whole windows in a row'
        : `of ${report.windows.length} reporting windows none is whole between the first, which is the warm-up, and the last, which is cut`,
    );
  }
  const failing = judged.find(({ verdict }) => verdict === 'fails');
  const below = judged.filter(({ ratePerSecond }) => ratePerSecond < (failing?.ratePerSecond ?? Infinity));
  const highest = below.findLast(({ verdict }) => verdict === 'holds');
  const fails = failing && `${rateText(failing.ratePerSecond)} fails`;
  if (!highest) {
    const why = fails ?? judged.at(-1)?.reason ?? '';
    return nothing(
      fails ? `${fails}, and no lower rate is proven to hold` : `no rate is proven to hold; ${why}`,
    );
  }
  const { ratePerSecond, seconds, timedBy } = highest;
  const slo = `${goodShare(targets.errorRatio)} of answers good within ${targets.latencyMs} ms`;
  const timed = timedBy === 'session' ? '' : ', as far as first bytes tell';
  const limit = fails
    ? ` ${fails} in this test, which is no upper end: it was not repeated, and the report does not say whether the stage or the generator failed.`
    : '';
  return {
    atLeastPerSecond: ratePerSecond,
    sentence: `The stage held at least ${rateText(ratePerSecond)} for ${Math.round(seconds)} s with ${slo}${timed}.${limit}`,
  };
}
