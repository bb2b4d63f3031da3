import { SLOW_MS } from '@spillway/capacity/testing';
import { shareAbove } from '../slow-share.ts';
import { artilleryRun, artilleryVersion, quantilesOf, readAggregate } from './artillery.ts';
import { CONNECTIONS, ToolReportError, type LoadTool } from './load-tool.ts';

/** Artillery's own HTTP engine with `http.pool`, which is what it is fastest with. */
export const artilleryPool: LoadTool = httpEngine('artillery http', { pool: CONNECTIONS });

/** The same with a connection for each virtual user, its default. */
export const artilleryNoPool: LoadTool = httpEngine('artillery http, no pool', {});

function httpEngine(name: string, http: { readonly pool?: number }): LoadTool {
  return {
    name,
    version: () => artilleryVersion(),
    install: () => Promise.resolve(null),
    command(load, place) {
      if (load.kind === 'closed') throw new Error(`${name}: found a closed load, want an open one`);
      const { ratePerSecond, seed, spanMs } = load;
      const phase = {
        duration: spanMs / 1000,
        arrivalRate: ratePerSecond,
        ...(seed !== null && { mode: 'poisson' }),
      };
      const headers = { 'content-type': 'application/json' };
      const post = { url: '/', headers, body: place.body };
      return artilleryRun({ config: { http, phases: [phase] }, scenarios: [{ flow: [{ post }] }] }, place);
    },
    report(place, printed) {
      const { counters, histograms } = readAggregate(name, place, printed);
      const latency = histograms['http.response_time'];
      if (!latency) throw new ToolReportError(name, Object.keys(histograms).join(), 'http.response_time');
      const slow = shareAbove(SLOW_MS, quantilesOf(latency));
      return {
        answered: counters['http.codes.200'] ?? 0,
        views: [{ source: 'http.response_time', p99Ms: latency.p99, slow }],
      };
    },
  };
}
