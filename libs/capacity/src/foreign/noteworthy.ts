import { grouped } from '../figures.ts';
import type { ExaminedReport } from './examined-report.ts';
import { answered, notAcknowledged, type ForeignWindow } from './foreign-report.ts';
import { rateText } from './rate-text.ts';
import { requestsPerSecond } from './plateaus.ts';

/** What stands out in a report, each line a fact with its numbers and what it means; empty where all is ordinary. */
export function noteworthy(examined: ExaminedReport): string[] {
  const { total } = examined.report;
  if (total.requests === 0) return nothingSent(examined);
  return [
    ...allFailed(examined),
    ...throttling(examined),
    ...badStart(examined),
    ...closedModel(examined),
    ...cutTail(examined),
    ...scenarioErrors(total),
    ...changingRate(examined),
    ...lostWindows(examined),
  ];
}

function nothingSent({ report: { total, engines } }: ExaminedReport): string[] {
  const users = `${grouped(total.usersCreated)} virtual users were started and sent no HTTP request`;
  if (engines.length === 0)
    return [`${users}: a scenario without requests, or one whose every user failed first.`];
  return [`${users}: the report has metrics of ${engines.slice(0, 5).join(', ')} instead.`];
}

function allFailed({ report: { total } }: ExaminedReport): string[] {
  const { connectionError } = total.answers;
  if (total.answers.acknowledged > 0 || connectionError === 0 || connectionError < answered(total.answers))
    return [];
  return [`No request reached the stage: all ${grouped(connectionError)} ended in a connection error.`];
}

function throttling({ report: { total }, judged }: ExaminedReport): string[] {
  const { throttled } = total.answers;
  if (throttled === 0) return [];
  const most = judged.filter((plateau) => plateau.answers.throttled > 0).at(-1);
  const rates = most
    ? ` At ${rateText(most.ratePerSecond)} sent, ${rateText(most.answers.acknowledged / most.seconds)} were let through and answered 2xx.`
    : '';
  return [
    `${grouped(throttled)} of ${grouped(answered(total.answers))} answers are 429: this test met a throttle, and says nothing about what lies behind it.${rates}`,
  ];
}

/** All bad answers before all windows without one: a stage that was cold, or a start too steep. */
function badStart({ report: { windows } }: ExaminedReport): string[] {
  const isBad = (window: ForeignWindow) => notAcknowledged(window.answers) - window.answers.throttled > 0;
  const last = windows.findLastIndex(isBad);
  if (last < 0 || last > windows.length - 3 || !windows.slice(0, last + 1).every(isBad)) return [];
  const first = windows.slice(0, last + 1);
  const bad = first.reduce((sum, { answers }) => sum + notAcknowledged(answers) - answers.throttled, 0);
  const where = last === 0 ? 'the first window' : `the first ${last + 1} windows`;
  const judgedToo =
    last === 0
      ? 'It is not judged: it is the warm-up.'
      : 'Only the first is left out as the warm-up: warm up longer, then measure.';
  return [
    `All ${grouped(bad)} answers that failed lie in ${where}, and none after: a cold start looks like that. ${judgedToo}`,
  ];
}

function closedModel({ report: { total }, isOneRequestAUser }: ExaminedReport): string[] {
  const { usersSkipped, usersCreated, requests } = total;
  const skipped =
    usersSkipped > 0
      ? [
          `${grouped(usersSkipped)} of ${grouped(usersSkipped + usersCreated)} virtual users were left out because maxVusers were busy (F82): arrivals waited for answers, and the slow times that those users would have met are missing.`,
        ]
      : [];
  if (isOneRequestAUser || usersCreated === 0) return skipped;
  const each = Number((requests / usersCreated).toPrecision(3));
  return [
    ...skipped,
    `${grouped(usersCreated)} virtual users sent ${grouped(requests)} requests, ${each} each (F82): rates here are of requests, and all but a user's first wait for the answer before.`,
  ];
}

function cutTail({ report: { total } }: ExaminedReport): string[] {
  const { timeout } = total.answers;
  if (timeout === 0) return [];
  return [
    `${grouped(timeout)} requests timed out and are missing from the times (F81): percentiles in the report are those of the faster rest. Here they count as bad.`,
  ];
}

function scenarioErrors({ scenarioErrors: errors }: ForeignWindow): string[] {
  if (errors === 0) return [];
  return [
    `${grouped(errors)} errors are the scenario's own (captures, checks, functions): the answers behind them count by their status.`,
  ];
}

function changingRate({ changing }: ExaminedReport): string[] {
  if (changing.length === 0) return [];
  const rates = changing.map(requestsPerSecond);
  const least = rateText(rates.reduce((a, b) => Math.min(a, b)));
  const most = rateText(rates.reduce((a, b) => Math.max(a, b)));
  const which =
    changing.length === 1
      ? `1 whole window, at ${most},`
      : `${changing.length} whole windows, at ${least} to ${most},`;
  const verb = changing.length === 1 ? 'is' : 'are';
  return [
    `${which} ${verb} not judged, for want of a neighbour at the same rate: a ramp, a change of phase, or a phase below 30 s.`,
  ];
}

/** Early versions of Artillery 2 lost periods; windows that don't add up can't show all that happened. */
function lostWindows({ report: { windows, total } }: ExaminedReport): string[] {
  if (windows.length === 0)
    return ['It has no reporting windows, only totals: no rate can be told from them.'];
  const requests = windows.reduce((sum, window) => sum + window.requests, 0);
  if (requests === total.requests) return [];
  return [
    `Its windows hold ${grouped(requests)} requests, its totals ${grouped(total.requests)}: one of them is incomplete.`,
  ];
}
