export { analyzeRun } from './evidence/analyze.ts';
export { commonRates, stepsByRate } from './compare/common-rates.ts';
export { compareRuns } from './compare/compare-runs.ts';
export type { Comparison, RunEvidence } from './compare/comparison.ts';
export { comparisonMarkdown } from './compare/comparison-markdown.ts';
export { comparisonText } from './compare/comparison-text.ts';
export { ANSWERS_HEADER, outcomes } from './answers/answers.ts';
export type { Answers, Outcome } from './answers/answers.ts';
export { AnswersFileError } from './answers/answers-file-error.ts';
export { AnswersReader } from './answers/answers-reader.ts';
export {
  DEFAULT_QUOTAS,
  ENVIRONMENTS_AT_ONCE,
  ENVIRONMENTS_PER_SECOND,
  GATEWAY_TIMEOUT_SECONDS,
  PARTITION_WRITE_UNITS_PER_SECOND,
  REQUESTS_PER_SECOND_PER_CONCURRENCY,
  TABLE_QUOTA_WRITE_UNITS_PER_SECOND,
  UNRESERVED_CONCURRENCY,
  writeUnits,
} from './aws-rules.ts';
export { meanUpperBound } from './statistics/batch-means.ts';
export { costAtShares } from './cost/cost-at-shares.ts';
export type { CostAtShare } from './cost/cost-at-shares.ts';
export { costOf, CostInputError } from './cost/cost-of.ts';
export type { Cost } from './cost/cost-of.ts';
export { PRICES } from './cost/prices.ts';
export { diagnoseBinding } from './search/binding.ts';
export { CONFIDENCE, ratioLowerBound, samplesForNoneBad } from './statistics/bounds.ts';
export { nextBurst } from './search/burst-search.ts';
export { goodShare, grouped, milliseconds, percent, usd } from './figures.ts';
export { erlangB } from './statistics/erlang.ts';
export { refuseRun } from './evidence/evidence-refusal.ts';
export { checklist } from './evidence/checklist.ts';
export type { ChecklistContext } from './evidence/checklist.ts';
export { fingerprintChanges } from './evidence/fingerprint-changes.ts';
export { analyzeReport } from './foreign/analyze-report.ts';
export type { ReportAnalysis } from './foreign/analyze-report.ts';
export type { JudgedPlateau, Slo } from './foreign/judge-plateau.ts';
export { rateText } from './foreign/rate-text.ts';
export { HEAD_BYTES, refuseHead } from './foreign/refuse-head.ts';
export type { Refusal } from './foreign/refusal.ts';
export { measurementDifferences } from './evidence/measurement-differences.ts';
export { explainLimits } from './explain/explain.ts';
export type { Explanation } from './explain/explain.ts';
export { pooledDurations } from './steps/metrics-window.ts';
export { judgeStep } from './steps/judge-step.ts';
export { judgedAnswers } from './steps/judged-answers.ts';
export { measureStep } from './steps/measure-step.ts';
export { stepTargets } from './steps/step-targets.ts';
export { outcomesOverTime } from './steps/outcomes-over-time.ts';
export type { OutcomeBin } from './steps/outcomes-over-time.ts';
export { latencySummary, percentile, percentilesInPlace } from './statistics/percentile.ts';
export { recommend, RecommendationError } from './limits/recommendation.ts';
export { checkReplay, replayPlan } from './limits/replay.ts';
export { runRecordSchema } from './run-record.ts';
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
export { arrivalsSchema, stepRecordSchema } from './step-record.ts';
export type { ArrivalPattern, Stall, StepRecord } from './step-record.ts';
export type { MemorySweep, PayloadSweep } from './sweep-record.ts';
export type { Timeline } from './timeline-record.ts';
export type { Usl } from './usl-record.ts';
export { uslOf } from './search/usl-of-run.ts';
export { latencyP99 } from './sweeps/latency-p99.ts';
export { memoryChoice } from './sweeps/memory-choice.ts';
export { MEMORY_SIZES, nextMemoryStep } from './sweeps/memory-sweep.ts';
export type { MemoryStep, MemorySweepPlan } from './sweeps/memory-sweep.ts';
export { nextPayloadStep, payloadSweepOf, planPayloadSweep } from './sweeps/payload-sweep.ts';
export type { PayloadSweepPlan } from './sweeps/payload-sweep.ts';
