import { outcomes, type Answers } from '../answers/answers.ts';
import type { Judgement, RunRecord } from '../run-record.ts';
import type { ArrivalPattern } from '../step-record.ts';

type JudgedStep = RunRecord['steps'][number];

/** What sets an example step apart from a calm one that passes. */
export interface StepTraits {
  readonly p50Ms: number;
  readonly badRatio?: number;
  readonly throttledRatio?: number;
  readonly limits?: 'lifted' | 'applied';
  readonly inconclusive?: Judgement['inconclusive'];
}

const HOLD_MS = 4000;

/** A judged step whose figures agree with each other. For tests only. */
export function exampleStep(name: string, arrivals: ArrivalPattern, traits: StepTraits): JudgedStep {
  const { p50Ms, badRatio = 0, throttledRatio = 0, limits = 'lifted', inconclusive = null } = traits;
  const stalled = inconclusive === 'host';
  const intended =
    arrivals.kind === 'burst' ? arrivals.requests : Math.round((arrivals.ratePerSecond * HOLD_MS) / 1000);
  const setAside = stalled ? Math.round(intended * 0.2) : 0;
  const judged = intended - setAside;
  const throttled = Math.round(judged * throttledRatio);
  const timeout = p50Ms > 1000 ? Math.round(judged * 0.02) : 0;
  const bad = Math.round(judged * badRatio) + throttled;
  const offeredPerSecond = arrivals.kind === 'burst' ? (intended / HOLD_MS) * 1000 : arrivals.ratePerSecond;
  const verdict = stalled ? 'inconclusive' : badRatio > 0 ? 'fail' : 'pass';
  return {
    record: {
      name,
      purpose: purposeOf(name),
      arrivals,
      warmUpMs: arrivals.kind === 'burst' ? 0 : 1000,
      holdMs: HOLD_MS,
      startedAt: '2026-05-12T09:15:02.000Z',
      limits,
      payloadBytes: 1024,
      horizonMs: 5000,
      intended,
      sent: intended,
      generator: {
        latenessP99Ms: 1.8,
        eventLoopDelayP99Ms: 3.2,
        cpuRatio: 0.34,
        socketsMax: Math.max(8, Math.round(offeredPerSecond / 10)),
        socketCapHit: false,
      },
      host: {
        busyRatio: Math.min(0.97, 0.2 + offeredPerSecond / 1800),
        stalls: stalled ? [{ startMs: 1480, endMs: 2210 }] : [],
      },
      stage:
        name === 'calibration'
          ? null
          : {
              invocations: intended - throttled,
              lambdaThrottles: 0,
              lambdaErrors: 0,
              concurrentExecutionsMax: Math.min(400, Math.ceil(p50Ms)),
              durationMeanMs: Math.min(9, p50Ms * 0.7),
              durationMaxMs: Math.min(220, p50Ms * 6),
              durationBatches: [[Math.min(9, p50Ms * 0.7), intended - throttled]],
              writeThrottleEvents: 0,
              hostQueued: badRatio > 0 ? 212 : 0,
            },
      answersFile: `step-${name}.answers.csv`,
    },
    measurement: {
      offeredPerSecond,
      goodputPerSecond: offeredPerSecond * (1 - bad / judged),
      judged,
      setAside,
      outcomes: {
        acknowledged: judged - throttled - timeout,
        refused: 0,
        throttled,
        failed: 0,
        timeout,
        connectionError: 0,
      },
      slow: Math.max(0, bad - throttled - timeout),
      bad,
      badRatio: bad / judged,
      badRatioLower: Math.max(0, bad / judged - 0.01),
      badRatioUpper: Math.min(1, bad / judged + 0.004),
      effectiveSamples: judged * 0.6,
      latencyMs: { p50: p50Ms, p90: p50Ms * 1.9, p99: p50Ms * 4.2, p999: p50Ms * 7, max: p50Ms * 9 },
      inFlightSlopePerSecond: badRatio > 0.1 ? 240 : 0,
      inFlightGrows: badRatio > 0.1,
    },
    judgement: { verdict, inconclusive, reasons: [reasonOf(verdict, stalled)] },
  };
}

/** Answers to an example step: latencies spread like those of a queue, the same on every call. For tests only. */
export function exampleAnswers({ record, measurement }: JudgedStep): Answers {
  const count = record.sent;
  const p50Ms = measurement.latencyMs?.p50 ?? 1;
  const column = (value: (index: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => value(i));
  const share = (index: number) => ((index * 7919) % count) / count;
  const throttledRatio = measurement.outcomes.throttled / Math.max(1, measurement.judged);
  const isThrottled = Uint8Array.from({ length: count }, (_, i) => (share(i) < throttledRatio ? 1 : 0));
  return {
    count,
    intendedMs: column((index) => (index / count) * (record.warmUpMs + record.holdMs)),
    latenessMs: column(() => 0.4),
    latencyMs: column((index) => p50Ms * 0.6 - p50Ms * 0.58 * Math.log(1 - share(index) + 1e-5)),
    outcome: isThrottled.map((is) => (is === 1 ? outcomes.indexOf('throttled') : 0)),
    status: Uint16Array.from(isThrottled, (is) => (is === 1 ? 429 : 200)),
  };
}

function purposeOf(name: string): JudgedStep['record']['purpose'] {
  if (name.startsWith('calibration')) return 'calibration';
  if (name.startsWith('burst')) return 'burst';
  return name.startsWith('replay') ? 'replay' : 'discovery';
}

function reasonOf(verdict: Judgement['verdict'], stalled: boolean): string {
  if (stalled) return 'the host stood still for 730 ms, and too few answers are left';
  return verdict === 'pass'
    ? 'upper bound of the bad share 0.4 % ≤ 1 %'
    : 'lower bound of the bad share is above 1 %';
}
