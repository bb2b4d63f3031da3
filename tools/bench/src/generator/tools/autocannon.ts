import { SLOW_MS } from '@spillway/capacity/testing';
import { join } from 'node:path';
import * as z from 'zod';
import { installPeer, peerDirectory, peerVersion } from '../../contestants/peer-packages.ts';
import { shareAbove } from '../slow-share.ts';
import { CONNECTIONS, ToolReportError, type LoadTool } from './load-tool.ts';

const PEER = 'autocannon';
/** Which percentile a key of its report means. */
const RATIOS = {
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p97_5: 0.975,
  p99: 0.99,
  p99_9: 0.999,
} as const;

const ms = z.number();
const reportSchema = z.object({
  '2xx': z.number(),
  latency: z.object({ p50: ms, p75: ms, p90: ms, p97_5: ms, p99: ms, p99_9: ms }),
});

/**
 * autocannon, which sends closed loop; asked for a rate, it paces its connections and corrects its latencies for what
 * they could not send meanwhile.
 */
export const autocannon: LoadTool = {
  name: PEER,
  version: () => peerVersion(PEER),
  install: async () => {
    await installPeer(PEER);
    return null;
  },
  command(load, { url, body }) {
    const rate = load.kind === 'open' ? ['--overallRate', String(load.ratePerSecond)] : [];
    const request = ['--method', 'POST', '--headers', 'content-type=application/json', '--body', body];
    const span = ['--connections', String(CONNECTIONS), '--duration', String(load.spanMs / 1000)];
    const cli = join(peerDirectory(PEER), 'node_modules/autocannon/autocannon.js');
    return { command: process.execPath, args: [cli, '--json', ...span, ...rate, ...request, url] };
  },
  report(_place, printed) {
    const line = printed.split('\n').find((text) => text.startsWith('{'));
    if (line === undefined) throw new ToolReportError(PEER, printed.slice(-500), 'a line of JSON');
    const report = reportSchema.parse(JSON.parse(line));
    const quantiles = Object.entries(RATIOS).map(([key, ratio]) => ({
      ratio,
      valueMs: report.latency[key as keyof typeof RATIOS],
    }));
    const slow = shareAbove(SLOW_MS, quantiles);
    return { answered: report['2xx'], views: [{ source: 'its report', p99Ms: report.latency.p99, slow }] };
  },
};
