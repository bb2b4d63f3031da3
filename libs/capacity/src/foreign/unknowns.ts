import { samplesForNoneBad } from '../statistics/bounds.ts';
import { grouped, percent } from '../figures.ts';
import type { ExaminedReport } from './examined-report.ts';

/** What no report of Artillery tells, and what this one in particular doesn't. */
export function unknownsOf(examined: ExaminedReport): string[] {
  if (examined.report.total.requests === 0) return ['Anything about HTTP.'];
  return [
    'How late requests were sent, and whether Artillery kept its own pace: the report holds neither lateness nor its CPU.',
    ...times(examined),
    ...percentiles(examined),
    ...samples(examined),
    'An upper end of the rate, and what would bind it: the report holds nothing of the stage (concurrency, throttles, limits, bundle).',
    'Whether what was acknowledged is stored: nobody compared the table with the answers.',
    ...missingRates(examined),
  ];
}

function times({ judged, isOneRequestAUser }: ExaminedReport): string[] {
  const leftOut = 'connecting, TLS, waiting for a socket and the body';
  if (judged.some(({ timedBy, verdict }) => timedBy === 'session' && verdict === 'holds')) {
    return [
      `Each request's own time: http.response_time ends at the first byte and leaves out ${leftOut} (F80). A user sent one request here, so that what holds, holds by its whole session, which contains all of them.`,
    ];
  }
  const instead = isOneRequestAUser ? '' : '; with more than one request a user, sessions do not tell either';
  return [
    `Time to the last byte: http.response_time ends at the first byte and leaves out ${leftOut} (F80)${instead}.`,
  ];
}

function percentiles({ report }: ExaminedReport): string[] {
  const error = report.format === 'artillery-2' ? ' is off by up to 1 % and' : '';
  return [
    `A percentile of a plateau: each window's${error} can't be merged with another's (F83). Answers over the limit are counted instead, at least and at most.`,
  ];
}

function samples({ judged, targets }: ExaminedReport): string[] {
  const needed = samplesForNoneBad(targets.errorRatio);
  const few = judged.filter(({ requests }) => requests < needed);
  if (few.length === 0 || !Number.isFinite(needed)) return [];
  return [
    `Anything from fewer than ${grouped(needed)} answers, which ${percent(targets.errorRatio)} bad at 95 % confidence takes even if none is bad: ${few.length} of ${judged.length} plateaus ${few.length === 1 ? 'has' : 'have'} fewer.`,
  ];
}

function missingRates({ report: { windows } }: ExaminedReport): string[] {
  const missing = windows.filter(({ rateMissing, requests }) => rateMissing && requests > 0).length;
  if (missing === 0) return [];
  return [
    `Artillery's own rate in ${missing} of ${windows.length} windows, which have none (F84): rates here are counted.`,
  ];
}
