import type { Fit } from '@spillway/capacity/testing';
import type { Table } from '../../report/table.ts';
import type { ConstantFinding, Findings } from '../findings.ts';
import { medianText, overRounds, toolsOf } from './rounds.ts';

/** How punctual constant arrivals were, and how Poisson Poisson arrivals. */
export function pacingTables({ constant, poisson }: Findings, ratePerSecond: number): readonly Table[] {
  return [
    {
      title: `Constant ${ratePerSecond}/s: late by, ms`,
      header: [
        '',
        'p50, own account',
        'p99, own account',
        'p50, as the server saw',
        'p99, as the server saw',
      ],
      rows: toolsOf(constant).map((tool) => {
        const text = (figure: (found: ConstantFinding) => number | undefined) =>
          medianText(overRounds(constant, tool, figure));
        return [
          tool,
          text((found) => found.own?.p50Ms),
          text((found) => found.own?.p99Ms),
          text((found) => found.seen.p50Ms),
          text((found) => found.seen.p99Ms),
        ];
      }),
    },
    {
      title: `Poisson ${ratePerSecond}/s: gaps against the exponential (Kolmogorov–Smirnov)`,
      header: ['', 'seed', 'gaps', 'D, intended', 'p, intended', 'D, sent', 'p, sent'],
      rows: poisson.map(({ tool, round, seed, intended, sent }) => [
        `${tool}, round ${round}`,
        String(seed),
        String(sent.count),
        ...fitTexts(intended),
        ...fitTexts(sent),
      ]),
    },
  ];
}

function fitTexts({ statistic, pValue }: Fit): readonly string[] {
  return [statistic.toFixed(4), pValue.toFixed(3)];
}
