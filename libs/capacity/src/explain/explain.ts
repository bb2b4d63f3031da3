import type { Limits } from '@spillway/throttle';
import type { CostAtShare } from '../cost/cost-at-shares.ts';
import type { Contradiction } from './contradiction.ts';
import { contradictionsOf } from './contradictions.ts';
import { costAtRates, describeCosts } from './cost-at-rates.ts';
import { describeSubject, describeMaximumRates } from './explain-words.ts';
import { fittingLimits } from './fitting-limits.ts';
import { leastRate, maximumRates, type MaximumRate } from './maximum-rates.ts';
import {
  describeRatedLoad,
  longestDurations,
  ratedLoad,
  type LongestDurations,
  type RatedLoad,
} from './rated-load.ts';
import { subjectOf, type ExplainInput, type Subject } from './subject.ts';
import { describeTableMargin } from './table-contradictions.ts';
import { describeAnswers, whatClientsSee, type SeenAnswer } from './what-clients-see.ts';

/** What a configuration will do, as figures and in sentences, and which of its numbers contradict each other. */
export interface Explanation {
  readonly subject: Subject;
  readonly maximumRates: readonly MaximumRate[];
  /** The least of those that bind a steady load, requests/s. */
  readonly leastPerSecond: number;
  /** Null where nobody knows how long an invocation takes. */
  readonly ratedLoad: RatedLoad | null;
  readonly longestDurations: LongestDurations;
  readonly answers: readonly SeenAnswer[];
  readonly costs: readonly CostAtShare[];
  readonly sections: readonly { readonly title: string; readonly sentences: readonly string[] }[];
  readonly contradictions: readonly Contradiction[];
  readonly isCoherent: boolean;
  /** Limits near these that fit together; null where these do, or where none can be told. */
  readonly fittingLimits: Limits | null;
}

/** Limits in sentences (method, section 6). */
export function explainLimits(input: ExplainInput): Explanation {
  const subject = subjectOf(input);
  const rates = maximumRates(subject);
  const leastPerSecond = leastRate(rates);
  const load = ratedLoad(subject);
  const longest = longestDurations(subject);
  const answers = whatClientsSee(subject);
  const costs = costAtRates(subject, leastPerSecond);
  const contradictions = contradictionsOf(subject);
  return {
    subject,
    maximumRates: rates,
    leastPerSecond,
    ratedLoad: load,
    longestDurations: longest,
    answers,
    costs,
    sections: [
      { title: 'Rests on', sentences: describeSubject(subject) },
      { title: 'Maximum rate', sentences: [...describeMaximumRates(rates), ...describeTableMargin(subject)] },
      { title: 'Load and burst', sentences: describeRatedLoad(subject, load, longest) },
      { title: 'What a client sees', sentences: describeAnswers(answers) },
      { title: 'Cost at list prices, us-east-1', sentences: describeCosts(subject, costs) },
    ],
    contradictions,
    isCoherent: contradictions.length === 0,
    fittingLimits: contradictions.length === 0 ? null : fittingLimits(subject),
  };
}
