import { SLOW_MS } from '@spillway/capacity/testing';
import type { Table } from '../../report/table.ts';
import type { Findings, StallFinding } from '../findings.ts';
import type { LatencyView } from '../tools/load-tool.ts';
import { percentText, signedPercentText } from './rounds.ts';
import { stallError } from './stall-errors.ts';

/** What each tool says beside what is so, one row for each account in each round. */
export function stallTable({ stall }: Findings, ratePerSecond: number): Table {
  return {
    title: `A server that stands still for 1 s now and then, ${ratePerSecond}/s`,
    header: [
      '',
      'round',
      'stalls',
      'p99 ms, true',
      'p99 ms, reported',
      'off by',
      `> ${SLOW_MS} ms, true`,
      `> ${SLOW_MS} ms, reported`,
      'off by at least',
    ],
    rows: stall.flatMap((found) => found.views.map((view) => rowOf(found, view))),
  };
}

function rowOf(found: StallFinding, view: LatencyView): readonly string[] {
  const { truth } = found;
  const error = stallError(found, view);
  return [
    `${found.tool} (${view.source})`,
    String(found.round),
    String(found.stalls),
    truth.p99Ms.toFixed(0),
    view.p99Ms.toFixed(0),
    signedPercentText(error.p99),
    percentText(truth.slowRatio),
    shareText(view),
    `${(error.slow * 100).toFixed(1)} %`,
  ];
}

/** A share between two percentiles that the tool reports is known no closer than these. */
function shareText({ slow: { least, most } }: LatencyView): string {
  return least === most ? percentText(least) : `${percentText(least)} to ${percentText(most)}`;
}
