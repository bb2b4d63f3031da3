import { figuresOf, SLOW_MS } from '@spillway/capacity/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shareAbove } from '../slow-share.ts';
import { artilleryRun, artilleryVersion, quantilesOf, readAggregate } from './artillery.ts';
import { ToolReportError, type LoadTool } from './load-tool.ts';
import { readSentAnswers } from './sent-answers.ts';

const NAME = 'spillway';
const STEP = 'bench';

/** Our engine, under plain `artillery run`. */
export const spillway: LoadTool = {
  name: NAME,
  version: () => `this checkout, under ${artilleryVersion()}`,
  install: () => Promise.resolve(null),
  command(load, place) {
    if (load.kind === 'closed') throw new Error(`${NAME}: found a closed load, want an open one`);
    const { ratePerSecond, seed, spanMs } = load;
    const arrivals =
      seed === null ? { kind: 'constant', ratePerSecond } : { kind: 'poisson', ratePerSecond, seed };
    const pace = { name: STEP, arrivals, holdMs: spanMs, payloadBytes: Buffer.byteLength(place.body) };
    return artilleryRun(
      {
        config: {
          phases: [{ duration: '10ms', arrivalCount: 1 }],
          engines: { spillway: { runId: 'bench', resultsDirectory: place.directory } },
        },
        scenarios: [{ engine: 'spillway', flow: [{ pace }] }],
      },
      place,
    );
  },
  report(place, printed) {
    const { counters, histograms } = readAggregate(NAME, place, printed);
    const latency = histograms['spillway.latency'];
    if (!latency) throw new ToolReportError(NAME, Object.keys(histograms).join(), 'spillway.latency');
    const answers = readSentAnswers(readFileSync(join(place.directory, `step-${STEP}.answers.csv`), 'utf8'));
    const { p99Ms, slowRatio } = figuresOf(answers.latencyMs);
    return {
      answered: counters['spillway.acknowledged'] ?? 0,
      views: [
        { source: 'its answers file', p99Ms, slow: { least: slowRatio, most: slowRatio } },
        { source: 'Artillery’s report', p99Ms: latency.p99, slow: shareAbove(SLOW_MS, quantilesOf(latency)) },
      ],
      answers,
    };
  },
};
