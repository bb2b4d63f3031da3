import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sumOf } from './metrics.ts';
import { both, statuses, times, type Row } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';

/** F22: one good and two throttled requests in log and metrics. */
async function loggedThrottles(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await statuses(times(3, { url: stage.url(kind, '/strict', 'logged') }));
  const lines = await logLines(join(stage.logFolder, `conformance-${kind}.log`), 3);
  const api: Readonly<Record<string, string>> =
    kind === 'rest'
      ? { ApiName: 'Rest', Stage: 'logged' }
      : { ApiId: stage.outputs['HttpApiId'] ?? '', Stage: 'logged' };
  const sum = (metric: string) => sumOf(stage, 'AWS/ApiGateway', metric, api);
  return {
    lines,
    clientErrors: await sum(kind === 'rest' ? '4XXError' : '4xx'),
    ofTheirOwn: [await sum('Throttles'), await sum('ThrottleCount'), await sum('429')],
  };
}

/** The lines of an access log once there are so many: they are written now and then, not with each request. */
async function logLines(file: string, count: number): Promise<readonly string[]> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const lines = text.split('\n').slice(0, -1);
    if (lines.length >= count) return lines;
    await sleep(50);
  }
}

/** Where throttles are counted. */
export const throttleCountRows: readonly Row[] = [
  {
    fact: 'F22',
    says: 'throttles are in the access log, and among the metrics inside 4XXError only',
    ...both(loggedThrottles, {
      lines: ['200 -', '429 THROTTLED', '429 THROTTLED'],
      clientErrors: 2,
      ofTheirOwn: [null, null, null],
    }),
  },
];
