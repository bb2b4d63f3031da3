export { renderReport } from './render-report.ts';
export { renderSummary } from './render-summary.ts';
