import { ENVIRONMENTS_AT_ONCE } from '../aws-rules.ts';
import { grouped } from '../figures.ts';
import { environmentsWithBurst, reservableConcurrency } from '../limits/sizing.ts';
import { roomForBurst } from './carried-load.ts';
import type { Contradiction } from './contradiction.ts';
import type { RatedLoad } from './rated-load.ts';
import type { Subject } from './subject.ts';

/** Where the burst limit contradicts the environments that are there to answer it. A burst of one always may. */
export function burstContradictions(subject: Subject, load: RatedLoad | null): readonly Contradiction[] {
  const { burstLimit } = subject.limits;
  return [
    ...beyondEnvironments(subject, load),
    ...(burstLimit > ENVIRONMENTS_AT_ONCE
      ? [
          {
            limits: ['burstLimit'] as const,
            found: `A burst of ${grouped(burstLimit)} needs more than the ${grouped(ENVIRONMENTS_AT_ONCE)} environments that may start at once, however many are reserved (F33).`,
            change: `lower burstLimit to at most ${grouped(ENVIRONMENTS_AT_ONCE)}`,
          },
        ]
      : []),
  ];
}

function beyondEnvironments({ limits, quotas }: Subject, load: RatedLoad | null): readonly Contradiction[] {
  const { burstLimit, reservedConcurrency } = limits;
  if (burstLimit === 1) return [];
  const environments = grouped(reservedConcurrency);
  const concerned = ['burstLimit', 'reservedConcurrency'] as const;
  if (load === null) {
    if (burstLimit <= reservedConcurrency) return [];
    return [
      {
        limits: concerned,
        found: `A burst of ${grouped(burstLimit)} is admitted at once, but ${environments} environments take one request each: ${grouped(burstLimit - reservedConcurrency)} or more are answered 500, not 429 (F34).`,
        change: `lower burstLimit below ${environments}, or raise reservedConcurrency above ${grouped(burstLimit)}; how far depends on what the rated load keeps busy`,
      },
    ];
  }
  // Beyond the 1,000 that start at once (F33) another contradiction tells.
  if (burstLimit <= load.roomForBurst || load.roomForBurst >= ENVIRONMENTS_AT_ONCE) return [];
  const busy = grouped(Math.min(load.busyEnvironments, reservedConcurrency), 3);
  const wanted = environmentsWithBurst(load.busyEnvironments, Math.min(burstLimit, ENVIRONMENTS_AT_ONCE));
  const most = Math.floor(reservableConcurrency(quotas));
  const held = roomForBurst(most, load.busyEnvironments);
  const kept = burstLimit > ENVIRONMENTS_AT_ONCE ? ` for a burst of ${grouped(ENVIRONMENTS_AT_ONCE)}` : '';
  const raise =
    wanted <= most
      ? `raise reservedConcurrency to ${grouped(wanted)}${kept}`
      : held > load.roomForBurst
        ? `raise reservedConcurrency: the ${grouped(most)} that the account can reserve hold a burst of ${grouped(held)}`
        : 'ask Service Quotas for more concurrency';
  return [
    load.roomForBurst === 0
      ? {
          limits: concerned,
          found: `No burst fits, and ${grouped(burstLimit)} requests are admitted at once: the rated load keeps ${busy} of ${environments} environments busy and wanders above that, and each takes one request; what finds none is answered 500, not 429 (F34).`,
          change: `${raise}, or lower rateLimit and burstLimit`,
        }
      : {
          limits: concerned,
          found: `A burst of ${grouped(burstLimit)} does not fit beside the rated load: ${busy} of ${environments} environments are busy, room is for ${grouped(load.roomForBurst)}; the rest is answered 500, not 429 (F34).`,
          change: `lower burstLimit to ${grouped(load.roomForBurst)}, or ${raise}`,
        },
  ];
}
