export { analyzeRun } from './evidence/analyze.ts';
export { commonRates, stepsByRate } from './compare/common-rates.ts';
export { compareRuns } from './compare/compare-runs.ts';
export type { ComparisonInput } from './compare/compare-runs.ts';
export type { Comparison, MetricComparison, RunEvidence } from './compare/comparison.ts';
export { comparisonMarkdown } from './compare/comparison-markdown.ts';
export { comparisonText } from './compare/comparison-text.ts';
export { ANSWERS_HEADER, outcomes, overlapMs, stallWindows, touchesWindow } from './answers/answers.ts';
export type { Answers, Outcome } from './answers/answers.ts';
export { AnswersFileError } from './answers/answers-file-error.ts';
export { AnswersReader } from './answers/answers-reader.ts';
export type { ExpectedAnswers } from './answers/answers-reader.ts';
export { REQUESTS_PER_SECOND_PER_CONCURRENCY, UNRESERVED_CONCURRENCY, writeUnits } from './aws-rules.ts';
export { effectiveSamples, meanUpperBound } from './statistics/batch-means.ts';
export type { MeanEstimate } from './statistics/batch-means.ts';
export { costOf, CostInputError } from './cost/cost-of.ts';
export type { Cost, CostInput, CostLine } from './cost/cost-of.ts';
export { lambdaUsdPerMillion } from './cost/lambda-cost.ts';
export { PRICES, tieredUsd } from './cost/prices.ts';
export type { Architecture } from './cost/prices.ts';
export { diagnoseBinding } from './search/binding.ts';
export type { BindingContext } from './search/binding-evidence.ts';
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
export { grouped, milliseconds, percent, usd } from './figures.ts';
export { erlangB, erlangServers } from './statistics/erlang.ts';
export { refuseRun } from './evidence/evidence-refusal.ts';
export type { RefusalContext } from './evidence/evidence-refusal.ts';
export { checklist } from './evidence/checklist.ts';
export type { ChecklistContext, ChecklistLine } from './evidence/checklist.ts';
export { fingerprintChanges } from './evidence/fingerprint-changes.ts';
export type { FingerprintChange } from './evidence/fingerprint-changes.ts';
export { analyzeReport } from './foreign/analyze-report.ts';
export type { ReportAnalysis } from './foreign/analyze-report.ts';
export type { JudgedPlateau, Slo } from './foreign/judge-plateau.ts';
export { HEAD_BYTES, refuseHead } from './foreign/refuse-head.ts';
export type { Refusal } from './foreign/refusal.ts';
export { measurementDifferences } from './evidence/measurement-differences.ts';
export { explainLimits } from './explain/explain.ts';
export type { Explanation } from './explain/explain.ts';
export { judgeStep } from './steps/judge-step.ts';
export { measureStep } from './steps/measure-step.ts';
export { stepTargets } from './steps/step-targets.ts';
export { outcomesOverTime, timedOutcomes } from './steps/outcomes-over-time.ts';
export type { OutcomeBin, StartedAnswers, TimedOutcome } from './steps/outcomes-over-time.ts';
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
export type { NextStep } from './search/search.ts';
export type { SearchSettings } from './search/search-settings.ts';
export { arrivalsSchema, stepRecordSchema } from './step-record.ts';
export type { ArrivalPattern, Stall, StepRecord } from './step-record.ts';
export type { MemorySweep, PayloadSweep } from './sweep-record.ts';
export type { Timeline } from './timeline-record.ts';
export type { Usl } from './usl-record.ts';
export { uslOf } from './search/usl-of-run.ts';
export type { AnsweredStep } from './search/usl-of-run.ts';
export { latencyP99 } from './sweeps/latency-p99.ts';
export type { LatencyP99 } from './sweeps/latency-p99.ts';
export { memoryChoice } from './sweeps/memory-choice.ts';
export { MEMORY_SIZES, nextMemoryStep } from './sweeps/memory-sweep.ts';
export type { MemoryStep, MemorySweepPlan, NextMemoryStep } from './sweeps/memory-sweep.ts';
export type { PayloadSize } from './sweeps/payload-point.ts';
export { nextPayloadStep, payloadSweepOf, planPayloadSweep } from './sweeps/payload-sweep.ts';
export type { NextPayloadStep, PayloadSweepPlan } from './sweeps/payload-sweep.ts';
