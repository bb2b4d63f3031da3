/** What a stage's logs say of a request, as AWS's would. */
export interface AccountRow {
  readonly receivedMs: number;
  readonly status: number;
  /** From Lambda's admission to its answer: as long as a concurrency slot was taken, ms; 0 where Lambda was not asked. */
  readonly slotMs: number;
  /** Lambda's own Duration, of the function's REPORT line, ms; null where none was invoked or the line is not there yet. */
  readonly durationMs: number | null;
}
export type Account = readonly AccountRow[];

const REPORT = /^REPORT RequestId: (\S+)\tDuration: ([\d.]+) ms/gm;

/**
 * Puts the lines of both logs together.
 * @param accessLog request id, time of arrival, status, integration latency or a dash
 * @param sinceMs requests that came before are left out
 * @returns in order of arrival
 */
export function accountOf(accessLog: string, functionLog: string, sinceMs: number): Account {
  const durations = new Map([...functionLog.matchAll(REPORT)].map(([, id, ms]) => [id, Number(ms)] as const));
  return accessLog
    .slice(0, accessLog.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [id, receivedMs, status, slotMs] = line.split(' ') as [string, string, string, string];
      const durationMs = durations.get(id) ?? null;
      return {
        receivedMs: Number(receivedMs),
        status: Number(status),
        slotMs: Number(slotMs) || 0,
        durationMs,
      };
    })
    .filter(({ receivedMs }) => receivedMs >= sinceMs)
    .toSorted((a, b) => a.receivedMs - b.receivedMs);
}
