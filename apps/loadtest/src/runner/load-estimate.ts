import { grouped, PRICES } from '@spillway/capacity';
import type { Profile, Settings } from '../settings.ts';
import type { SweepName } from '../sweeps/sweep-names.ts';
import type { RunnerName } from './remote-runner.ts';
import { NO_SWEEP, sweepLoad } from './sweep-load.ts';

/** The most that a run may come to. Prices are list prices of us-east-1, USD; a free tier is not counted. */
export interface LoadEstimate {
  readonly requests: number;
  /** From the first step to the last, waits for metrics not counted. */
  readonly seconds: number;
  /** Gateway, function and table. */
  readonly stageDollars: number;
  /** 0 where this machine sends. */
  readonly runnerDollars: number;
}

/** A run that may cost more than this needs `--yes`, whoever is asked. */
export const COST_CAP_DOLLARS = 20;

/** Per million: REST API at its first and dearest tier, invocations, write units (F70, F72, F73). */
const GATEWAY = PRICES.restApi[0].usdPerMillion;
const INVOCATION = PRICES.lambda.usdPerMillionRequests;
const WRITE_UNIT = PRICES.table.usdPerMillionWriteUnits;
/** The dearer architecture (F72); the seed's memory is 1 GB, and an invocation as long as a slow one takes. */
const FUNCTION_GB_SECOND = PRICES.lambda.usdPerGbSecond.x86;
const FUNCTION_SECONDS = 0.1;
/** F79 and F72: a task of Artillery's default size (4 vCPU, 8 GB), a function of its default size (4 GB, arm64). */
const RUNNER_SECOND: Record<RunnerName, number> = {
  fargate: (4 * 0.04048 + 8 * 0.004445) / 3600,
  lambda: 4 * PRICES.lambda.usdPerGbSecond.arm64,
};
/** Between two steps on this machine: the next generator starts, the last answers are waited for, s. */
const PAUSE_SECONDS = 5;
/** From the start of a runner to the first request of its step, at the worst, s. */
const RUNNER_STARTUP_SECONDS = 300;
/** Two sets of limits, four steps each, three tries each (replay-limits.ts), up to 1.5 times the rate limit. */
const REPLAY_STEPS = 2 * 4 * 3;
const REPLAY_RATE = 1.5;
/** Sizes a burst search tries at most, and how long each lasts: the SLO's latency, with room, s. */
const BURSTS = 20;
const BURST_SECONDS = 2;

/** What a run is asked to do. */
export interface PlannedLoad {
  readonly profile: Profile;
  readonly settings: Pick<Settings, 'payloadBytes' | 'sweeps'>;
  readonly sweeps: readonly SweepName[];
  /** The run's entries are removed when it is over: as many write units again. */
  readonly isCleaned?: boolean;
  /** Undefined: this machine sends. */
  readonly runner?: { readonly name: RunnerName; readonly count: number } | undefined;
}

/**
 * Upper bounds of a run's load and cost. Limits so low that their replay is stretched (replay-limits.ts) send less than
 * is counted here; what they take longer is small beside the start of the runners.
 */
export function estimateLoad({
  profile,
  settings,
  sweeps,
  runner,
  isCleaned = false,
}: PlannedLoad): LoadEstimate {
  const { maxPerSecond, discoveryBudgetMs, warmUps, replayHoldMs, burstMaxRequests, holdMs } = profile;
  const swept = sweeps.length === 0 ? NO_SWEEP : sweepLoad(profile, settings, sweeps, writeUnitsOf);
  const warmUpRequests = warmUps.reduce((sum, step) => sum + (step.ratePerSecond * step.holdMs) / 1000, 0);
  const replayRequests = (REPLAY_STEPS * REPLAY_RATE * maxPerSecond * replayHoldMs) / 1000;
  const searched =
    (maxPerSecond * discoveryBudgetMs) / 1000 + warmUpRequests + BURSTS * burstMaxRequests + replayRequests;
  const requests = searched + swept.requests;
  const steps = discoveryBudgetMs / holdMs + warmUps.length + BURSTS + REPLAY_STEPS + swept.steps;
  const warmUpMs = warmUps.reduce((sum, step) => sum + step.holdMs, 0);
  const sendingSeconds =
    (discoveryBudgetMs + warmUpMs + REPLAY_STEPS * replayHoldMs) / 1000 +
    BURSTS * BURST_SECONDS +
    swept.sendingSeconds;
  const secondsEach = sendingSeconds + steps * RUNNER_STARTUP_SECONDS;
  const written = searched * writeUnitsOf(settings.payloadBytes) + swept.writeUnits;
  const writeUnits = isCleaned ? 2 * written : written;
  const functionGbSeconds = (searched + swept.requestGb) * FUNCTION_SECONDS;
  return {
    requests: Math.ceil(requests),
    seconds: runner === undefined ? sendingSeconds + steps * PAUSE_SECONDS : secondsEach,
    stageDollars:
      (requests * (GATEWAY + INVOCATION) + writeUnits * WRITE_UNIT) / 1e6 +
      functionGbSeconds * FUNCTION_GB_SECOND,
    runnerDollars: runner === undefined ? 0 : runner.count * secondsEach * RUNNER_SECOND[runner.name],
  };
}

/** F43, with room for what an item is more than its request's body. */
function writeUnitsOf(payloadBytes: number): number {
  return Math.ceil(payloadBytes / 1024 + 0.2);
}

/** In one sentence, for whoever has to agree. */
export function describeLoad({ requests, seconds, stageDollars, runnerDollars }: LoadEstimate): string {
  const runners = runnerDollars > 0 ? ` and $${runnerDollars.toFixed(0)} for the runners` : '';
  return (
    `at most ${requestsText(requests)} requests in about ${(seconds / 60).toFixed(0)} minutes, ${dollarsText(stageDollars)} for the stage${runners} ` +
    '(list prices, us-east-1)'
  );
}

function requestsText(requests: number): string {
  return requests < 1e5 ? grouped(Math.ceil(requests)) : `${(requests / 1e6).toFixed(1)} million`;
}

function dollarsText(dollars: number): string {
  return dollars < 1 ? 'less than $1' : `about $${dollars.toFixed(0)}`;
}
