export { exampleMeasurements, exampleRecommendation, exampleRun, nothingMeasured } from './example-run.ts';
export { exampleAnswers, exampleStep } from './example-step.ts';
export { exampleSweeps, exampleTimeline, exampleUsl } from './example-sweeps.ts';
export type { StepTraits } from './example-step.ts';
export { combinedPValue, exponentialCdf, gapsOf, kolmogorovSmirnov } from './goodness-of-fit.ts';
export type { Fit } from './goodness-of-fit.ts';
export { constantInstantsMs, figuresOf, SLOW_MS, waitsUnderStalls } from './stall-truth.ts';
export type { SlowFigures, Span } from './stall-truth.ts';
