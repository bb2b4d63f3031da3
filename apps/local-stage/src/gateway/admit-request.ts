import type { TokenBucket } from '@spillway/throttle';

/**
 * Asks the method's or route's bucket, then the account's, in AWS's order (F3). What the first gave stays spent when
 * the second refuses.
 * @param nowMs of a clock that never goes back
 */
export function admitRequest(route: TokenBucket, account: TokenBucket, nowMs: number): boolean {
  return route.admit(nowMs) === 'admitted' && account.admit(nowMs) === 'admitted';
}
