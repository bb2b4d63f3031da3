export { analyzeRun } from './analyze.ts';
export { ANSWERS_HEADER, outcomes, overlapMs, stallWindows, touchesWindow } from './answers.ts';
export type { Answers, Outcome } from './answers.ts';
export { writeUnits } from './aws-rules.ts';
export { effectiveSamples, meanUpperBound } from './batch-means.ts';
export type { MeanEstimate } from './batch-means.ts';
export { diagnoseBinding } from './binding.ts';
export type { BindingContext } from './binding.ts';
export {
  CONFIDENCE,
  percentileUpperBound,
  percentileUpperRank,
  ratioLowerBound,
  ratioUpperBound,
  samplesForNoneBad,
} from './bounds.ts';
export { nextBurst } from './burst-search.ts';
export type { BurstSearchSettings, NextBurst } from './burst-search.ts';
export { erlangB, erlangServers } from './erlang.ts';
export { refuseRun } from './evidence-refusal.ts';
export type { RefusalContext } from './evidence-refusal.ts';
export { explainLimits } from './explain.ts';
export type { Explanation } from './explain.ts';
export { judgeStep } from './judge-step.ts';
export { measureStep } from './measure-step.ts';
export { latencySummary, percentile } from './percentile.ts';
export { recommend, RecommendationError } from './recommendation.ts';
export { checkReplay, replayPlan } from './replay.ts';
export type { ReplayStep } from './replay.ts';
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
export { nextStep } from './search.ts';
export type { NextStep, SearchSettings } from './search.ts';
export { arrivalsSchema, stepRecordSchema } from './step-record.ts';
export type { ArrivalPattern, Stall, StepRecord } from './step-record.ts';
