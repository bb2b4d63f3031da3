import { MAX_BATCH_ENTRIES } from '@spillway/shared';
import type { Limits } from '@spillway/throttle';

/** A bucket of the gateway: refill in requests/s, size in requests. */
export type Bucket = Pick<Limits, 'rateLimit' | 'burstLimit'>;

/**
 * The bucket of `POST /batch` beside one of `POST /` (F4): as many entries a second as the share says, when every batch is full.
 * @param share 0–1; the rate may be below 1 request/s, the size is at least 1 request
 */
export function batchLimits({ rateLimit, burstLimit }: Bucket, share: number): Bucket {
  return {
    rateLimit: (rateLimit * share) / MAX_BATCH_ENTRIES,
    burstLimit: Math.max(1, Math.floor(burstLimit * share)),
  };
}
