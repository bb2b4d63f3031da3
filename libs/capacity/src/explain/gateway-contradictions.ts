import { grouped } from '../figures.ts';
import type { Contradiction } from './contradiction.ts';
import type { Subject } from './subject.ts';

/** Where the stage throttle is above the account's, so that it never binds first. */
export function gatewayContradictions({ limits, quotas }: Subject): readonly Contradiction[] {
  const { rateLimit, burstLimit } = limits;
  const found: Contradiction[] = [];
  if (rateLimit > quotas.accountRatePerSecond) {
    const most = grouped(quotas.accountRatePerSecond);
    found.push({
      limits: ['rateLimit'],
      found: `The rate limit of ${grouped(rateLimit)}/s is above the account's ${most}/s (F2): this stage uses up what all APIs of the account share before its own throttle binds.`,
      change: `lower rateLimit to less than ${most}, or ask Service Quotas for more`,
    });
  }
  if (burstLimit > quotas.accountBurst) {
    const most = grouped(quotas.accountBurst);
    found.push({
      limits: ['burstLimit'],
      found: `The burst limit of ${grouped(burstLimit)} is above the account's ${most} (F2): the account's bucket is empty first.`,
      change: `lower burstLimit to less than ${most}; AWS sets that quota from the rate quota`,
    });
  }
  return found;
}
