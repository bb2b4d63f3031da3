import { judgeStep } from '../steps/judge-step.ts';
import { measureStep } from '../steps/measure-step.ts';
import { outcomes, type Answers } from '../answers/answers.ts';
import type { JudgedStep, Targets } from '../run-record.ts';
import type { ArrivalPattern, StepRecord, Stall } from '../step-record.ts';
import { exponential, seededRandom } from './random.ts';

export const targets: Targets = {
  latencyMs: 500,
  errorRatio: 0.01,
  headroomRatio: 0.8,
  blockingRatio: 0.001,
  sdkRetryBudgetMs: 3000,
};

const { max, min } = Math;

/** A step's record in which nothing was wrong. */
export function stepRecord(changes: Partial<StepRecord> = {}): StepRecord {
  return {
    name: 'discovery-01',
    purpose: 'discovery',
    arrivals: { kind: 'constant', ratePerSecond: 100 },
    warmUpMs: 1000,
    holdMs: 4000,
    startedAt: '2026-01-01T00:00:00.000Z',
    limits: 'lifted',
    payloadBytes: 1024,
    horizonMs: 5000,
    intended: 500,
    sent: 500,
    generator: {
      latenessP99Ms: 1,
      eventLoopDelayP99Ms: 1,
      cpuRatio: 0.2,
      socketsMax: 100,
      socketCapHit: false,
    },
    host: { busyRatio: 0.5, stalls: [] },
    stage: null,
    answersFile: 'step-discovery-01.answers.csv',
    ...changes,
  };
}

/** A server pool with a FIFO queue: `servers` CPUs, so that its capacity is servers / mean service time. */
export interface SimulatedStage {
  readonly servers: number;
  readonly capacityPerSecond: number;
  readonly service: 'exponential' | 'uniform';
  /** Ends the queue: an arrival that finds all servers busy is refused with a 500 (M/G/c/c). */
  readonly isLossSystem?: boolean;
  /** Share of steps in which the stage stands still for 700 ms unnoticed. */
  readonly accidentRatio?: number;
}

/** Answers of a stage to a step, from idle. */
export function simulateAnswers(
  stage: SimulatedStage,
  record: StepRecord,
  seed: number,
  stalls: readonly Stall[] = [],
): Answers {
  const random = seededRandom(seed);
  const instants = arrivalInstants(record.arrivals, record.warmUpMs + record.holdMs, random);
  const count = instants.length;
  const meanMs = (1000 * stage.servers) / stage.capacityPerSecond;
  const freeAtMs = new Float64Array(stage.servers);
  const accidentAtMs =
    random() < (stage.accidentRatio ?? 0) ? record.warmUpMs + random() * record.holdMs : null;
  const standstills = [
    ...stalls,
    ...(accidentAtMs === null ? [] : [{ startMs: accidentAtMs, endMs: accidentAtMs + 700 }]),
  ];
  const latencyMs = new Float64Array(count);
  const outcome = new Uint8Array(count);
  const status = new Uint16Array(count).fill(200);
  for (let row = 0; row < count; row += 1) {
    const arrivedMs = instants[row] ?? 0;
    let first = 0;
    for (let server = 1; server < stage.servers; server += 1) {
      if ((freeAtMs[server] ?? 0) < (freeAtMs[first] ?? 0)) first = server;
    }
    let startMs = max(arrivedMs, freeAtMs[first] ?? 0);
    if (stage.isLossSystem && startMs > arrivedMs) {
      latencyMs[row] = 1;
      outcome[row] = outcomes.indexOf('failed');
      status[row] = 500;
      continue;
    }
    for (const stall of standstills) {
      if (startMs >= stall.startMs && startMs < stall.endMs) startMs = stall.endMs;
    }
    const serviceMs =
      stage.service === 'exponential' ? exponential(random, meanMs) : meanMs * (0.5 + random());
    freeAtMs[first] = startMs + serviceMs;
    const answeredMs = startMs + serviceMs - arrivedMs;
    latencyMs[row] = min(answeredMs, record.horizonMs);
    if (answeredMs >= record.horizonMs) {
      outcome[row] = outcomes.indexOf('timeout');
      status[row] = 0;
    }
  }
  return {
    count,
    intendedMs: Float64Array.from(instants),
    latenessMs: new Float64Array(count),
    latencyMs,
    outcome,
    status,
  };
}

/** A step measured and judged on a simulated stage. */
export function simulateStep(stage: SimulatedStage, changes: Partial<StepRecord>, seed: number): JudgedStep {
  const planned = stepRecord(changes);
  const answers = simulateAnswers(stage, planned, seed, planned.host.stalls);
  const record = { ...planned, intended: answers.count, sent: answers.count };
  const measurement = measureStep(record, answers, targets);
  return { record, measurement, judgement: judgeStep(record, measurement, targets) };
}

function arrivalInstants(arrivals: ArrivalPattern, spanMs: number, random: () => number): number[] {
  if (arrivals.kind === 'burst') {
    return Array.from({ length: arrivals.requests }, (_, i) => (i * arrivals.withinMs) / arrivals.requests);
  }
  const gapMs = 1000 / arrivals.ratePerSecond;
  const instants: number[] = [];
  let atMs = 0;
  for (;;) {
    atMs += arrivals.kind === 'constant' ? gapMs : exponential(random, gapMs);
    if (atMs >= spanMs) return instants;
    instants.push(atMs);
  }
}
