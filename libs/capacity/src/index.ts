export { analyzeRun } from './evidence/analyze.ts';
export { ANSWERS_HEADER, outcomes, overlapMs, stallWindows, touchesWindow } from './answers/answers.ts';
export type { Answers, Outcome } from './answers/answers.ts';
export { writeUnits } from './aws-rules.ts';
export { effectiveSamples, meanUpperBound } from './statistics/batch-means.ts';
export type { MeanEstimate } from './statistics/batch-means.ts';
export { diagnoseBinding } from './search/binding.ts';
export type { BindingContext } from './search/binding.ts';
export {
  CONFIDENCE,
  percentileUpperBound,
  percentileUpperRank,
  ratioLowerBound,
  ratioUpperBound,
  samplesForNoneBad,
} from './statistics/bounds.ts';
export { nextBurst } from './search/burst-search.ts';
export type { BurstSearchSettings, NextBurst } from './search/burst-search.ts';
export { erlangB, erlangServers } from './statistics/erlang.ts';
export { refuseRun } from './evidence/evidence-refusal.ts';
export type { RefusalContext } from './evidence/evidence-refusal.ts';
export { explainLimits } from './explain/explain.ts';
export type { Explanation } from './explain/explain.ts';
export { judgeStep } from './steps/judge-step.ts';
export { measureStep } from './steps/measure-step.ts';
export { latencySummary, percentile } from './statistics/percentile.ts';
export { recommend, RecommendationError } from './limits/recommendation.ts';
export { checkReplay, replayPlan } from './limits/replay.ts';
export type { ReplayStep } from './limits/replay.ts';
export {
  auditSchema,
  bindingSchema,
  estimateSchema,
  judgementSchema,
  measurementSchema,
  recommendationSchema,
  replayCheckSchema,
  runRecordSchema,
} from './run-record.ts';
export type {
  Audit,
  Binding,
  Estimate,
  JudgedStep,
  Judgement,
  Measurement,
  Recommendation,
  ReplayCheck,
  RunRecord,
  Targets,
} from './run-record.ts';
export { nextStep } from './search/search.ts';
export type { NextStep, SearchSettings } from './search/search.ts';
export { arrivalsSchema, stepRecordSchema } from './step-record.ts';
export type { ArrivalPattern, Stall, StepRecord } from './step-record.ts';
export type { MemorySweep, PayloadSweep } from './sweep-record.ts';
export type { Timeline } from './timeline-record.ts';
export type { Usl } from './usl-record.ts';
