import { REQUESTS_PER_SECOND_PER_CONCURRENCY, UNRESERVED_CONCURRENCY } from '../aws-rules.ts';
import { grouped, milliseconds } from '../figures.ts';
import { environmentsForTenTimes, reservableConcurrency } from '../limits/sizing.ts';
import { erlangServers } from '../statistics/erlang.ts';
import { carriedLoad } from './carried-load.ts';
import type { Contradiction } from './contradiction.ts';
import { share, type RatedLoad } from './rated-load.ts';
import type { Subject } from './subject.ts';

/** Where rate and concurrency contradict the account, the 10× rule or the duration. */
export function lambdaContradictions(subject: Subject, load: RatedLoad | null): readonly Contradiction[] {
  return [
    ...beyondAccount(subject),
    ...beyondTenTimes(subject),
    ...(load === null ? [] : beyondEnvironments(subject, load)),
  ];
}

function beyondAccount({ limits, quotas }: Subject): readonly Contradiction[] {
  const most = reservableConcurrency(quotas);
  if (limits.reservedConcurrency <= most) return [];
  const { accountConcurrency, otherReservedConcurrency } = quotas;
  const others =
    otherReservedConcurrency > 0
      ? ` and the ${grouped(otherReservedConcurrency)} that others have reserved`
      : '';
  return [
    {
      limits: ['reservedConcurrency'],
      found: `A reserved concurrency of ${grouped(limits.reservedConcurrency)} with the ${UNRESERVED_CONCURRENCY} that must stay unreserved${others} is more than the account's ${grouped(accountConcurrency)} (F31): the deployment is refused.`,
      change:
        most >= 1
          ? `lower reservedConcurrency to at most ${grouped(Math.floor(most))}, or ask Service Quotas for more`
          : 'ask Service Quotas for more concurrency: none is left to reserve',
    },
  ];
}

function beyondTenTimes({ limits, headroomRatio }: Subject): readonly Contradiction[] {
  const { rateLimit, burstLimit, reservedConcurrency } = limits;
  const admitted = REQUESTS_PER_SECOND_PER_CONCURRENCY * reservedConcurrency;
  // Of a burst above the concurrency another contradiction tells.
  const burst = Math.min(burstLimit, reservedConcurrency);
  const wanted = environmentsForTenTimes(rateLimit, burst, headroomRatio);
  const lower = Math.min(headroomRatio * admitted, admitted - burst);
  const change = `raise reservedConcurrency to ${grouped(wanted)}, or lower rateLimit to ${grouped(lower, 4)}`;
  const rate = `The rate limit of ${grouped(rateLimit)}/s`;
  if (rateLimit > admitted) {
    return [
      {
        limits: ['rateLimit', 'reservedConcurrency'],
        found: `${rate} is above the ${grouped(admitted)}/s that the 10× rule admits to ${grouped(reservedConcurrency)} environments (F32): the rest is answered 500, not 429.`,
        change,
      },
    ];
  }
  if (rateLimit === admitted) {
    return [
      {
        limits: ['rateLimit', 'reservedConcurrency'],
        found: `${rate} is all that the 10× rule admits to ${grouped(reservedConcurrency)} environments (F32): whatever comes on top, a burst or an uneven second, is answered 500, not 429.`,
        change,
      },
    ];
  }
  if (rateLimit + burstLimit <= admitted || burstLimit > burst || burstLimit === 1) return [];
  return [
    {
      limits: ['rateLimit', 'burstLimit', 'reservedConcurrency'],
      found: `A full bucket and the rate limit let ${grouped(rateLimit + burstLimit)} requests through in one second, the 10× rule ${grouped(admitted)} (F32): the rest is answered 500, not 429.`,
      change,
    },
  ];
}

function beyondEnvironments(
  { limits, quotas, durationMs, blockingRatio }: Subject,
  load: RatedLoad,
): readonly Contradiction[] {
  if (load.blockingRatio <= blockingRatio || durationMs === null) return [];
  const environments = limits.reservedConcurrency;
  const rate = (1000 * carriedLoad(environments, blockingRatio)) / durationMs;
  const most = Math.max(1, Math.floor(reservableConcurrency(quotas)));
  const enough = erlangServers(load.busyEnvironments, blockingRatio, most);
  const lower = `lower rateLimit to ${grouped(floorRate(rate), 4)}`;
  return [
    {
      limits: ['rateLimit', 'reservedConcurrency'],
      found: `The rated load of ${grouped(load.admittedPerSecond)}/s at ${milliseconds(durationMs)} is more than ${grouped(environments)} environments carry: ${share(load.blockingRatio)} of it, ${grouped(load.blockingRatio * load.admittedPerSecond, 3)}/s, is answered 500 (Erlang B, F34).`,
      change:
        enough === null
          ? `${lower}; the ${grouped(most)} environments that the account can reserve are not enough for more`
          : `raise reservedConcurrency to ${grouped(enough)}, or ${lower}`,
    },
  ];
}

/** Whole requests/s, as they are below 1/s. */
function floorRate(perSecond: number): number {
  return perSecond >= 1 ? Math.floor(perSecond) : perSecond;
}
