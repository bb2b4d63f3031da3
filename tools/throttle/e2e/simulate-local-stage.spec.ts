import { simulate, type SimulationResult, type StageModel } from '@spillway/simulation';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendRequests, startWaitingStage, type Recorded, type WaitingLimits } from './waiting-stage.ts';

const SPAN_MS = 12_000;

/** After a longer standstill of this process requests arrive later than it noted: such a run is repeated. */
const STALL_MS = 150;
const ATTEMPTS = 4;

/** Poisson arrivals by inversion, the same in every run; with numbers that the simulation knows nothing of. */
function poissonInstants(perSecond: number): readonly number[] {
  let state = 12_345;
  const instants: number[] = [];
  for (let atMs = 0; ;) {
    // Lehmer's generator, modulus 2^31 − 1 (Park and Miller, CACM 31, 1988).
    state = (state * 48_271) % 2_147_483_647;
    atMs -= (1000 / perSecond) * Math.log(state / 2_147_483_647);
    if (atMs >= SPAN_MS) return instants;
    instants.push(atMs);
  }
}

/** The same limits, arrivals and durations through the model. */
function simulated(limits: WaitingLimits, { sentMs, status, latencyMs }: Recorded): SimulationResult {
  const stage: StageModel = {
    gateway: {
      stage: { rateLimit: limits.rateLimit, burstLimit: limits.burstLimit },
      account: { rateLimit: 10_000, burstLimit: 5000 },
      timeoutMs: 29_000,
    },
    function: {
      reservedConcurrency: limits.concurrency,
      accountConcurrency: 1000,
      otherReservedConcurrency: 0,
      timeoutMs: 10_000,
      coldStartMs: 0,
      idleMs: 300_000,
      warmEnvironments: limits.concurrency,
    },
    service: { kind: 'recorded', timesMs: latencyMs.filter((_, index) => status[index] === 200) },
    table: null,
    overheadMs: 0,
  };
  const load = {
    arrivals: { kind: 'recorded' as const, instantsMs: sentMs.toSorted() },
    clients: { count: 1, plan: null, retry: null },
  };
  return simulate(stage, load, { seed: 1, lateMs: 500 });
}

/** Requests that ran at once in the mean over the span, by Little: what their client saw. */
function meanConcurrency({ latencyMs, status }: Recorded): number {
  return latencyMs.reduce((sum, oneMs, row) => sum + (status[row] === 200 ? oneMs : 0), 0) / SPAN_MS;
}

interface Measured {
  readonly recorded: Recorded;
  readonly concurrencyMax: number;
}

async function load(limits: WaitingLimits, perSecond: number): Promise<Measured> {
  const stage = await startWaitingStage(limits);
  try {
    // All environments are there, the bucket is full, and the last second had no request, before it counts.
    for (let round = 0; round < 2; round += 1) {
      await sendRequests(stage.baseUrl, new Array<number>(limits.concurrency).fill(0));
      await sleep(1500);
    }
    for (let attempt = 1; ; attempt += 1) {
      // A whole second in which nothing ran: the metric's periods begin with one.
      const sinceMs = Date.now();
      const recorded = await sendRequests(stage.baseUrl, poissonInstants(perSecond));
      if (recorded.longestGapMs < STALL_MS || attempt === ATTEMPTS) {
        return { recorded, concurrencyMax: await stage.concurrencySince(sinceMs) };
      }
      await sleep(2000);
    }
  } finally {
    await stage.stop();
  }
}

describe('a simulation beside the local stage under the same limits and arrivals', () => {
  it.each<[string, WaitingLimits, number]>([
    ['the throttle binds', { rateLimit: 50, burstLimit: 20, concurrency: 12 }, 80],
    ['the reserved concurrency binds', { rateLimit: 300, burstLimit: 100, concurrency: 5 }, 60],
    ['both bind', { rateLimit: 50, burstLimit: 10, concurrency: 6 }, 75],
  ])(
    'agrees where %s: shares within 2 points, concurrency within 5 %%',
    async (_what, limits, perSecond) => {
      const { recorded, concurrencyMax } = await load(limits, perSecond);
      const { totals } = simulated(limits, recorded);
      const { requests, outcomes } = totals;
      const share = (status: number) => recorded.status.filter((one) => one === status).length / requests;
      const refused = outcomes['refused-by-reserved-concurrency'] + outcomes['refused-by-ten-times-rule'];
      expect(share(200) + share(429) + share(500)).toBeCloseTo(1, 9);
      expect(Math.abs(share(429) - outcomes['throttled-by-stage'] / requests)).toBeLessThan(0.02);
      expect(Math.abs(share(500) - refused / requests)).toBeLessThan(0.02);
      expect(Math.abs(meanConcurrency(recorded) / (totals.inUseMs / SPAN_MS) - 1)).toBeLessThan(0.05);
      expect(Math.abs(concurrencyMax / totals.inUseMax - 1)).toBeLessThanOrEqual(0.05);
    },
    300_000,
  );
});
