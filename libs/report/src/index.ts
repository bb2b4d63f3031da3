export { renderChange } from './render-change.ts';
export type { LimitChange } from './render-change.ts';
export { renderReport } from './render-report.ts';
export { renderSummary } from './render-summary.ts';
