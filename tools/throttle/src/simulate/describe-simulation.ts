import { grouped, milliseconds, percent, usd } from '@spillway/capacity';
import { simulatedOutcomes, type SimulatedCost, type SimulationResult } from '@spillway/simulation';
import type { Paint } from '../diff-text.ts';
import type { SimulatedRun } from './run-simulation.ts';
import { outcomeChart } from './outcome-chart.ts';

/** What each outcome is called, with what its client sees. */
const NAMES: Readonly<Record<(typeof simulatedOutcomes)[number], string>> = {
  acknowledged: '200 acknowledged',
  'throttled-by-plan': "429 by the client's usage plan",
  'throttled-by-stage': '429 by the stage throttle',
  'throttled-by-account': "429 by the account's throttle",
  'refused-by-reserved-concurrency': '500 refused: reserved concurrency (F16, F34)',
  'refused-by-account-concurrency': "500 refused: account's concurrency (F16, F34)",
  'refused-by-ten-times-rule': '500 refused: 10× rule (F32)',
  'refused-by-scaling-rate': '500 refused: scaling rate (F33)',
  'function-timeout': "502 function's timeout (F19, unverified)",
  'gateway-timeout': "504 gateway's timeout (F18)",
  'table-throttled': '503 table throttled the write (F40, F41)',
};

/** What `simulate` prints. */
export function describeSimulation(run: SimulatedRun, paint: Paint): string {
  const { file, config, plan, options, service, result, cost } = run;
  const { limits, evidence } = config;
  const status = evidence === undefined ? '' : ` (${evidence.kind})`;
  const { totals, latencyMs } = result;
  const attempts = totals.requests + totals.retries;
  const durationS = plan.durationMs / 1000;
  const peak = plan.peakFactor === 1 ? '' : `, peak ${plan.peakFactor} ×`;
  const retried =
    plan.load.clients.retry === null
      ? ''
      : `, ${grouped(totals.retries)} retries, ${grouped(totals.givenUp)} given up`;
  const meanInUse = totals.inUseMs / Math.max(result.endedMs, plan.durationMs);
  const latency =
    latencyMs === null
      ? 'nothing was acknowledged'
      : `p50 ${milliseconds(latencyMs.p50)}, p99 ${milliseconds(latencyMs.p99)}, most ${milliseconds(latencyMs.max)}; ` +
        `${grouped(totals.late)} later than ${milliseconds(plan.terms.lateMs)}`;
  const facts: readonly (readonly [name: string, text: string])[] = [
    [
      'Stage',
      `${file}${status}: ${limits.rateLimit}/s, burst ${limits.burstLimit}, concurrency ` +
        `${limits.reservedConcurrency}, ${limits.memorySize} MB, ${limits.timeoutSeconds} s`,
    ],
    [
      'Arrivals',
      `${options.pattern}, ${grouped(plan.ratePerSecond)}/s${peak}, ${grouped(durationS)} s, seed ${options.seed}: ` +
        `${grouped(totals.requests)} requests${retried}`,
    ],
    ['Service', service.because],
    ...simulatedOutcomes
      .filter((name) => totals.outcomes[name] > 0)
      .map((name, index) => {
        const count = totals.outcomes[name];
        return [
          index === 0 ? 'Answers' : '',
          `${percent(count / attempts).padStart(8)}  ${NAMES[name]}: ${grouped(count)}`,
        ] as const;
      }),
    ['Latency', latency],
    [
      'Environments',
      `${grouped(meanInUse, 3)} in use in the mean, ${grouped(totals.inUseMax)} at most; ` +
        `${grouped(totals.coldStarts)} cold starts`,
    ],
    [
      'Table',
      `${grouped(totals.writeUnits)} write units, ${grouped(totals.writesThrottled)} writes throttled`,
    ],
    ['Cost', costText(cost)],
  ];
  const heading = facts.map(([name, text]) => `${paint('bold', name.padEnd(14))}${text}`);
  const notes = reservations(run, result).map((note) => paint('dim', note));
  return [...heading, '', outcomeChart(result, paint), '', ...notes].join('\n');
}

function costText({ usd: total, lines, throttledUsd }: SimulatedCost): string {
  const parts = lines.map((line) => `${line.name} ${usd(line.usd)}`).join(', ');
  const throttled =
    throttledUsd > 0 ? `; the 429s ${usd(throttledUsd)} more if AWS bills them (F78, unverified)` : '';
  return `${usd(total)}: ${parts}${throttled}`;
}

/** What these figures leave out. */
function reservations(
  { plan, options, differences }: SimulatedRun,
  { totals }: SimulationResult,
): readonly string[] {
  const notes = [
    ...differences,
    'A model, not a measurement: buckets, concurrency and partitions as AWS documents them; other functions and tables of the account are at rest.',
    'Cost at list prices, us-east-1, first tier: without logs, metrics, traces, storage and free tiers.',
  ];
  if (options.coldStartMs === undefined && totals.coldStarts > 0) {
    notes.push('A cold start adds nothing here: give --cold-start-ms.');
  }
  if (options.run === undefined && plan.stage.overheadMs === 0) {
    notes.push(
      "Latency is the invocation's alone: network and gateway are not in it; a run knows them (--run).",
    );
  }
  return notes;
}
