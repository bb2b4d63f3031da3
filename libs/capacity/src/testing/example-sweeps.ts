import type { RunRecord } from '../run-record.ts';
import type { Timeline } from '../timeline-record.ts';
import type { Usl } from '../usl-record.ts';

/** A law that a stage of 1,140 requests/s might follow: γ 420, σ 0.3, κ 0.0004. For tests only. */
export const exampleUsl: Usl = {
  kind: 'fitted',
  gamma: { estimate: 420, lower: 396, upper: 447 },
  sigma: { estimate: 0.303, lower: 0.271, upper: 0.341 },
  kappa: { estimate: 0.00041, lower: 0, upper: 0.0013 },
  levels: [
    [0.36, 150],
    [0.52, 225],
    [0.88, 338],
    [1.57, 507],
    [3.04, 760],
    [9.01, 1140],
  ],
  peak: { inFlight: 41.2, perSecond: 1257 },
  rSquared: 0.9971,
  warnings: ['the peak, 41.2 in flight, lies outside what was tested (up to 9.01)'],
};

/** Metrics every 2 s of a run of 148 s, of a stage that throttles at the end. For tests only. */
export const exampleTimeline: Timeline = {
  periodSeconds: 2,
  points: Array.from({ length: 74 }, (_, index) => {
    const wave = index < 4 ? 0 : Math.round(600 + 500 * Math.sin(index / 6));
    const throttled = index > 60 ? Math.round(wave / 3) : 0;
    return {
      at: new Date(Date.UTC(2026, 4, 12, 9, 14, 33) + index * 2000).toISOString(),
      concurrentExecutions: Math.ceil(wave / 24),
      invocations: wave * 2 - throttled,
      lambdaThrottles: index === 40 ? 12 : 0,
      lambdaErrors: 0,
      consumedWriteUnits: wave * 4,
      writeThrottleEvents: index === 41 ? 3 : 0,
      gatewayRequests: wave * 2,
      gatewayClientErrors: throttled,
      gatewayServerErrors: 0,
    };
  }),
};

/** Sweeps over size and memory. For tests only. */
export const exampleSweeps: NonNullable<RunRecord['sweeps']> = {
  payload: {
    points: [256, 1024, 4096, 16_384, 65_536, 262_144].map((payloadBytes, index) => ({
      payloadBytes,
      itemBytes: payloadBytes + 22,
      writeUnits: Math.ceil((payloadBytes + 22) / 1024),
      measuredWriteUnits: index === 5 ? null : Math.ceil((payloadBytes + 22) / 1024),
      lowerPerSecond: Math.round(1180 / (1 + payloadBytes / 40_000)),
      upperPerSecond: index === 5 ? null : Math.round(1300 / (1 + payloadBytes / 40_000)),
      latencyMs: { p50: 6 + index * 3, p99: 31 + index * 22 },
    })),
    reasons: ['from 65,536 bytes on the rate falls with the size: reading the body is what costs'],
  },
  memory: {
    ratePerSecond: 400,
    points: [
      { memorySize: 256, p99Ms: 812, p99UpperMs: 940, durationMeanMs: 21, usdPerMillion: 0.27 },
      { memorySize: 512, p99Ms: 122, p99UpperMs: 161, durationMeanMs: 9.4, usdPerMillion: 0.26 },
      { memorySize: 1024, p99Ms: 41, p99UpperMs: 55, durationMeanMs: 4.6, usdPerMillion: 0.27 },
      { memorySize: 1769, p99Ms: 33, p99UpperMs: null, durationMeanMs: 3.1, usdPerMillion: 0.29 },
    ].map((point) => ({ ...point, meetsTarget: point.p99UpperMs !== null && point.p99UpperMs <= 500 })),
    chosenMemorySize: 512,
    reasons: ['512 MB is the cheapest of 2 sizes whose p99 is at most 500 ms (95 % bound) at 400/s'],
  },
};
