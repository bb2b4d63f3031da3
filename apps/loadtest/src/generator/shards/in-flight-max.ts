import type { Answers } from '@spillway/capacity';

/** Most requests that were in flight at once, from when each was sent and when it ended; an end precedes a send. */
export function inFlightMaxOf({ count, intendedMs, latenessMs, latencyMs }: Answers): number {
  const sentMs = intendedMs.map((atMs, row) => atMs + (latenessMs[row] as number)).sort();
  const endedMs = intendedMs.map((atMs, row) => atMs + (latencyMs[row] as number)).sort();
  let most = 0;
  for (let sent = 0, ended = 0; sent < count; sent += 1) {
    while (ended < sent && (endedMs[ended] as number) <= (sentMs[sent] as number)) ended += 1;
    most = Math.max(most, sent + 1 - ended);
  }
  return most;
}
