export { exampleMeasurements, exampleRecommendation, exampleRun } from './example-run.ts';
export { exampleAnswers, exampleStep } from './example-step.ts';
export type { StepTraits } from './example-step.ts';
