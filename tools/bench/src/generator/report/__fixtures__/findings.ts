import type { Findings } from '../../findings.ts';

const NOTHING: Findings = { maximum: [], steady: [], cpu: [], poisson: [], constant: [], stall: [] };

/** Findings of one round that meet every claim just so, with changes. */
export function findings(change: Partial<Findings> = {}): Findings {
  const [ours, theirs] = [
    { tool: 'spillway', round: 1 },
    { tool: 'artillery http', round: 1 },
  ];
  const busy = { missedPerSecond: 9_000, serverBusyRatio: 0.5 };
  const fit = { statistic: 0.01, pValue: 0.05, count: 5_000 };
  return {
    maximum: [
      { ...theirs, ...busy, perSecond: 2_000, cpuMs: 0.5 },
      {
        tool: 'wrk',
        round: 1,
        perSecond: 100_000,
        missedPerSecond: null,
        cpuMs: 0.005,
        serverBusyRatio: 0.99,
      },
      { ...ours, ...busy, perSecond: 8_000, cpuMs: 0.1 },
    ],
    steady: [0.2, 0.4, 0.6, 0.8].map((shareOfMaximum) => ({
      ...ours,
      shareOfMaximum,
      offeredPerSecond: 8_000 * shareOfMaximum,
      achievedRatio: 0.995,
    })),
    cpu: [
      { ...theirs, wholeMs: 2, steadyMs: 1.5 },
      { ...ours, wholeMs: 0.4, steadyMs: 0.3 },
    ],
    poisson: [{ ...ours, seed: 1, intended: fit, sent: fit }],
    constant: [{ ...ours, own: { p50Ms: 0.1, p99Ms: 2 }, seen: { p50Ms: 0.2, p99Ms: 3 } }],
    stall: [
      {
        ...ours,
        stalls: 4,
        truth: { p99Ms: 900, slowRatio: 0.05 },
        views: [{ source: 'its answers file', p99Ms: 918, slow: { least: 0.051, most: 0.051 } }],
      },
      {
        ...theirs,
        stalls: 4,
        truth: { p99Ms: 900, slowRatio: 0.05 },
        views: [{ source: 'http.response_time', p99Ms: 450, slow: { least: 0.01, most: 0.025 } }],
      },
    ],
    ...change,
  };
}

export const noFindings = NOTHING;
