/**
 * Facts that no request and no call can meet, each with the reason.
 *
 * Of facts that have rows these parts have none, since no client meets them: that AWS's limits are best-effort (F1);
 * quotas of other Regions, new accounts and how to raise them (F2, F30); the Region's own throttle (F3); the formula
 * behind refusals and its insensitivity (F34). A real request meets these too seldom, at too great a cost or not at
 * all, and specs beside the code prove them: what is refused of memory, timeout and environment variables (F37);
 * growth after half an hour, warm throughput, reads, and the table quota of 40,000 (F40, F41, F42).
 */
export const FACTS_WITHOUT_ROW: Readonly<Record<string, string>> = {
  F9: 'bounds what may be deployed: no stage or plan of that size reaches a client',
  F47: 'about a table that is deployed again and again: a template is played from its beginning',
  F38: 'about the network around a function: the local stage has no VPC, and no tracing to ship',
};
