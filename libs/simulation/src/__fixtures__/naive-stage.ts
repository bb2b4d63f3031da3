import { TokenBucket, type BucketLimits } from '@spillway/throttle';

/** What a plain loop says of each second. */
export interface NaiveSecond {
  readonly acknowledged: number;
  readonly throttled: number;
  readonly refused: number;
  /** Environments at its end, in use or idle. */
  readonly environments: number;
}

interface NaiveEnvironment {
  freeAtMs: number;
}

/**
 * The plainest reading of a throttle in front of a function with a constant service time: a list of environments that is
 * looked through at each arrival and at the end of each second. Slow; knows nothing of the code it is compared with.
 * @param instantsMs ascending
 */
export function naiveStage(
  instantsMs: readonly number[],
  stage: BucketLimits,
  lambda: { readonly concurrency: number; readonly serviceMs: number; readonly idleMs: number },
): {
  readonly seconds: readonly NaiveSecond[];
  readonly coldStarts: number;
  readonly environmentsMax: number;
} {
  const { concurrency, serviceMs, idleMs } = lambda;
  const bucket = new TokenBucket(stage, 0);
  const started: number[] = [];
  const seconds: NaiveSecond[] = [];
  let environments: NaiveEnvironment[] = [];
  let coldStarts = 0;
  let environmentsMax = 0;
  const endIdle = (nowMs: number) => {
    environments = environments.filter(({ freeAtMs }) => freeAtMs + idleMs > nowMs);
  };
  const answer = (nowMs: number): 'acknowledged' | 'throttled' | 'refused' => {
    endIdle(nowMs);
    if (bucket.admit(nowMs) === 'throttled') return 'throttled';
    const idle = environments.filter(({ freeAtMs }) => freeAtMs <= nowMs);
    if (environments.length - idle.length >= concurrency) return 'refused';
    if (started.filter((startMs) => nowMs - startMs < 1000).length >= 10 * concurrency) return 'refused';
    started.push(nowMs);
    const usedLast = idle.toSorted((a, b) => b.freeAtMs - a.freeAtMs)[0];
    if (usedLast === undefined) {
      environments.push({ freeAtMs: nowMs + serviceMs });
      coldStarts += 1;
    } else usedLast.freeAtMs = nowMs + serviceMs;
    environmentsMax = Math.max(environmentsMax, environments.length);
    return 'acknowledged';
  };
  for (let second = 0; second * 1000 <= (instantsMs.at(-1) ?? -1); second += 1) {
    const counts = { acknowledged: 0, throttled: 0, refused: 0 };
    for (const nowMs of instantsMs) if (Math.floor(nowMs / 1000) === second) counts[answer(nowMs)] += 1;
    endIdle((second + 1) * 1000);
    seconds.push({ ...counts, environments: environments.length });
  }
  return { seconds, coldStarts, environmentsMax };
}
