import type { Profile } from '../settings.ts';
import type { RunnerName } from './remote-runner.ts';

/** The most that a run may come to. Prices are list prices of us-east-1, USD; a free tier is not counted. */
export interface LoadEstimate {
  readonly requests: number;
  /** Gateway, function and table. */
  readonly stageDollars: number;
  /** 0 where this machine sends. */
  readonly runnerDollars: number;
}

/** A run that may cost more than this needs `--yes`, whoever is asked. */
export const COST_CAP_DOLLARS = 20;

/** F70, F72, F73, per million: REST API, invocations, write units. */
const GATEWAY = 3.5;
const INVOCATION = 0.2;
const WRITE_UNIT = 0.625;
/** F72, x86, per GB-s; the seed's memory, and an invocation as long as a slow one takes. */
const FUNCTION_GB_SECOND = 0.0000166667;
const FUNCTION_GB_SECONDS = 0.1;
/** F79 and F72: a task of Artillery's default size (4 vCPU, 8 GB), a function of its default size (4 GB, arm64). */
const RUNNER_SECOND: Record<RunnerName, number> = {
  fargate: (4 * 0.04048 + 8 * 0.004445) / 3600,
  lambda: 4 * 0.0000133334,
};
/** From the start of a runner to the first request of its step, at the worst, s. */
const RUNNER_STARTUP_SECONDS = 300;
/** Two sets of limits, four steps each, three tries each (replay-limits.ts), up to 1.5 times the rate limit. */
const REPLAY_STEPS = 2 * 4 * 3;
const REPLAY_RATE = 1.5;
/** Sizes a burst search tries at most, and how long each lasts: the SLO's latency, with room, s. */
const BURSTS = 20;
const BURST_SECONDS = 2;

/**
 * Upper bounds of a run's load and cost. Limits so low that their replay is stretched (replay-limits.ts) send less than
 * is counted here; what they take longer is small beside the start of the runners.
 * @param payloadBytes of a request
 * @param runner undefined: this machine sends
 */
export function estimateLoad(
  profile: Profile,
  payloadBytes: number,
  runner?: { readonly name: RunnerName; readonly count: number },
): LoadEstimate {
  const { maxPerSecond, discoveryBudgetMs, warmUps, replayHoldMs, burstMaxRequests, holdMs } = profile;
  const warmUpRequests = warmUps.reduce((sum, step) => sum + (step.ratePerSecond * step.holdMs) / 1000, 0);
  const replayRequests = (REPLAY_STEPS * REPLAY_RATE * maxPerSecond * replayHoldMs) / 1000;
  const requests =
    (maxPerSecond * discoveryBudgetMs) / 1000 + warmUpRequests + BURSTS * burstMaxRequests + replayRequests;
  const steps = discoveryBudgetMs / holdMs + warmUps.length + BURSTS + REPLAY_STEPS;
  const warmUpMs = warmUps.reduce((sum, step) => sum + step.holdMs, 0);
  const sendingSeconds =
    (discoveryBudgetMs + warmUpMs + REPLAY_STEPS * replayHoldMs) / 1000 + BURSTS * BURST_SECONDS;
  const secondsEach = sendingSeconds + steps * RUNNER_STARTUP_SECONDS;
  const perRequest =
    (GATEWAY + INVOCATION + WRITE_UNIT * Math.ceil(payloadBytes / 1024 + 0.2)) / 1e6 +
    FUNCTION_GB_SECOND * FUNCTION_GB_SECONDS;
  return {
    requests: Math.ceil(requests),
    stageDollars: requests * perRequest,
    runnerDollars: runner === undefined ? 0 : runner.count * secondsEach * RUNNER_SECOND[runner.name],
  };
}

/** In one sentence, for whoever has to agree. */
export function describeLoad({ requests, stageDollars, runnerDollars }: LoadEstimate): string {
  const runners = runnerDollars > 0 ? ` and $${runnerDollars.toFixed(0)} for the runners` : '';
  return (
    `at most ${(requests / 1e6).toFixed(1)} million requests, about $${stageDollars.toFixed(0)} for the stage${runners} ` +
    '(list prices, us-east-1)'
  );
}
