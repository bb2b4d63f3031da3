import { TokenBucket, type BucketLimits } from '@spillway/throttle';

/**
 * The plainest reading of a throttle in front of a function with a constant service time: an array of what runs, looked
 * through at each arrival. Slow; knows nothing of the code it is compared with.
 */
export function naiveOutcomes(
  instantsMs: readonly number[],
  stage: BucketLimits,
  concurrency: number,
  serviceMs: number,
): { readonly acknowledged: number; readonly throttled: number; readonly refused: number } {
  const bucket = new TokenBucket(stage, 0);
  let runningUntilMs: number[] = [];
  const started: number[] = [];
  const counts = { acknowledged: 0, throttled: 0, refused: 0 };
  for (const nowMs of instantsMs) {
    runningUntilMs = runningUntilMs.filter((endMs) => endMs > nowMs);
    if (bucket.admit(nowMs) === 'throttled') counts.throttled += 1;
    else if (runningUntilMs.length >= concurrency) counts.refused += 1;
    else if (started.filter((startMs) => nowMs - startMs < 1000).length >= 10 * concurrency)
      counts.refused += 1;
    else {
      counts.acknowledged += 1;
      runningUntilMs.push(nowMs + serviceMs);
      started.push(nowMs);
    }
  }
  return counts;
}
