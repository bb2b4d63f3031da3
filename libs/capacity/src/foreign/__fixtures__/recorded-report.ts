/**
 * Reports of four versions of Artillery, recorded against a server on the same machine and trimmed of metrics by
 * endpoint: `plateaus` 30 s at 8/s and 40 s at 20/s; `mixed` the same with two requests a user, of which one in ten is
 * answered 502 and one in five broken off; `throttled` 18/s at a bucket of 12/s; `cold` 503 for the first 1.5 s;
 * `closed` 12/s at 900 ms an answer with at most 5 users; `tail` one in ten unanswered for longer than the timeout of
 * 1 s; `ramp` 2/s to 20/s; `two` two requests a user; `refused` no server; `nohttp` users that only think.
 */
export const RECORDED = [
  '1.7.9-closed',
  '1.7.9-nohttp',
  '1.7.9-plateaus',
  '1.7.9-refused',
  '1.7.9-throttled',
  '2.0.0-0-plateaus',
  '2.0.0-12-mixed',
  '2.0.10-plateaus',
  '2.0.34-closed',
  '2.0.34-cold',
  '2.0.34-mixed',
  '2.0.34-nohttp',
  '2.0.34-plateaus',
  '2.0.34-ramp',
  '2.0.34-refused',
  '2.0.34-tail',
  '2.0.34-throttled',
  '2.0.34-two',
] as const;

export type Recorded = (typeof RECORDED)[number];

/** Name of a recording's file in this folder. */
export function recordedFile(name: Recorded): string {
  return `artillery-${name}.json`;
}
