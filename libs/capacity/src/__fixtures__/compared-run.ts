import type { RunEvidence } from '../compare/comparison.ts';
import type { JudgedStep, RunRecord } from '../run-record.ts';
import { judgedStep, stageMetrics } from './judged-step.ts';
import { exponential, seededRandom } from './random.ts';
import { runRecord } from './run-record.ts';
import { simulateAnswers, simulateStep } from './simulated-stage.ts';

/** A system whose runs differ by themselves. */
export interface NoisySystem {
  /** Latency and duration are this many times those of the plain system, its capacity one over this. */
  readonly slowness: number;
  /** Standard deviation, as a logarithm, of what a whole run is slower or faster by. */
  readonly sdLog: number;
}

const P50_MS = 3;

/** Standard normal numbers by the polar form of Box & Muller. */
export function normals(random: () => number): () => number {
  return () => Math.sqrt(2 * exponential(random, 1)) * Math.cos(2 * Math.PI * random());
}

/** A run of a noisy system: only figures, no answers. */
export function noisyRun({ slowness, sdLog }: NoisySystem, seed: number): RunEvidence {
  const random = seededRandom(seed);
  const normal = normals(random);
  const run = slowness * Math.exp(sdLog * normal());
  const steps = judgedSteps.map((step): JudgedStep => {
    const factor = run * Math.exp((sdLog / 2) * normal());
    const p99Ms = 5 * P50_MS * factor * Math.exp(4 * sdLog * normal());
    return withFigures(step, { p50Ms: P50_MS * factor, p99Ms, durationMs: 2 * factor });
  });
  const lower = Math.max(1, Math.round(1000 / run));
  return { run: comparedRun(seed, [...steps, judgedStep(1013, 'fail')], lower), answers: new Map() };
}

/** A run on a simulated 2-CPU server with all its answers. */
export function simulatedRun({ slowness, sdLog }: NoisySystem, seed: number): RunEvidence {
  const factor = slowness * Math.exp(sdLog * normals(seededRandom(seed))());
  const stage = { servers: 2, capacityPerSecond: 1000 / factor, service: 'uniform' } as const;
  const metrics = stageMetrics({ durationMeanMs: 2 * factor, durationBatches: [[2 * factor, 1000]] });
  const plans = [200, 300, 450].map((ratePerSecond, index) => ({
    name: `discovery-0${index + 1}`,
    arrivals: { kind: 'poisson', ratePerSecond, seed } as const,
    stage: metrics,
  }));
  const steps = plans.map((plan, index) => {
    const step = simulateStep(stage, plan, 10 * seed + index);
    return { ...step, judgement: { ...step.judgement, verdict: 'pass' as const, inconclusive: null } };
  });
  return {
    run: comparedRun(seed, steps, Math.round(900 / factor)),
    answers: new Map(
      steps.map(({ record }, index) => [record.name, simulateAnswers(stage, record, 10 * seed + index)]),
    ),
  };
}

/** A complete run that sustains `lower` requests/s. */
export function comparedRun(
  seed: number,
  steps: readonly JudgedStep[],
  lower = 1000,
  changes: Partial<RunRecord> = {},
): RunRecord {
  return {
    ...plainRun,
    runId: `run-${seed}`,
    steps: [...steps],
    estimate: {
      conclusive: true,
      lowerPerSecond: lower,
      upperPerSecond: lower * 1.1,
      reasons: [],
    },
    ...changes,
  };
}

const plainRun = runRecord();
const judgedSteps = [200, 300, 450, 675].map((rate) => judgedStep(rate, 'pass'));

function withFigures(
  step: JudgedStep,
  { p50Ms, p99Ms, durationMs }: { p50Ms: number; p99Ms: number; durationMs: number },
): JudgedStep {
  return {
    ...step,
    record: {
      ...step.record,
      stage: stageMetrics({ durationMeanMs: durationMs, durationBatches: [[durationMs, 1000]] }),
    },
    measurement: {
      ...step.measurement,
      latencyMs: { p50: p50Ms, p90: 2 * p50Ms, p99: p99Ms, p999: 2 * p99Ms, max: 3 * p99Ms },
    },
  };
}
