export { ANSWERS_HEADER, outcomes } from './answers.ts';
export type { Answers, Outcome } from './answers.ts';
export { arrivalsSchema, stepRecordSchema } from './step-record.ts';
export type { ArrivalPattern, Stall, StepRecord } from './step-record.ts';
export { auditSchema, estimateSchema, runRecordSchema } from './run-record.ts';
export type {
  Audit,
  Binding,
  Estimate,
  Judgement,
  Measurement,
  Recommendation,
  ReplayCheck,
  RunRecord,
} from './run-record.ts';
