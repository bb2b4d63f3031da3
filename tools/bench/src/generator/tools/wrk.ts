import { SLOW_MS } from '@spillway/capacity/testing';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { findOnPath } from '../../process/find-on-path.ts';
import { CONNECTIONS, ToolReportError, type LoadTool } from './load-tool.ts';

const NAME = 'wrk';
const SCRIPT = fileURLToPath(new URL('./wrk-report.lua', import.meta.url));

const reportSchema = z.object({ answered: z.number(), p99Ms: z.number(), slowRatio: z.number() });

/** wrk, closed loop in C; only where it is installed. */
export const wrk: LoadTool = {
  name: NAME,
  version() {
    // It takes a question for its version as a wrong use: exit code 1.
    const { stdout } = spawnSync(NAME, ['-v'], { encoding: 'utf8' });
    return /^wrk \S+/.exec(stdout)?.[0] ?? NAME;
  },
  install: () => Promise.resolve(findOnPath(NAME) === null ? 'not installed here' : null),
  command(load, { url, body }) {
    const span = ['--threads', '1', '--connections', String(CONNECTIONS), '--timeout', '30s'];
    return {
      command: NAME,
      args: [...span, '--duration', `${Math.round(load.spanMs / 1000)}s`, '--script', SCRIPT, url],
      env: { BENCH_BODY: body, BENCH_SLOW_MS: String(SLOW_MS) },
    };
  },
  report(_place, printed) {
    const line = printed.split('\n').find((text) => text.startsWith('{'));
    if (line === undefined) throw new ToolReportError(NAME, printed.slice(-500), 'a line of JSON');
    const { answered, p99Ms, slowRatio } = reportSchema.parse(JSON.parse(line));
    return {
      answered,
      views: [{ source: 'its report', p99Ms, slow: { least: slowRatio, most: slowRatio } }],
    };
  },
};
