/** Takes one long step, to be killed in the middle of it; forked by the specs. */
import { runStep } from '../src/run-step.ts';

const [baseUrl = '', resultsDirectory = '', count = '1'] = process.argv.slice(2);
await runStep({
  name: 'killed',
  purpose: 'discovery',
  arrivals: { kind: 'constant', ratePerSecond: 50 },
  warmUpMs: 0,
  holdMs: 60_000,
  limits: 'lifted',
  payloadBytes: 512,
  horizonMs: 5000,
  baseUrl,
  runId: 'r1',
  resultsDirectory,
  generators: { count: Number(count) },
});
