import { burstContradictions } from './burst-contradictions.ts';
import type { Contradiction } from './contradiction.ts';
import { evidenceContradictions } from './evidence-contradictions.ts';
import { gatewayContradictions } from './gateway-contradictions.ts';
import { lambdaContradictions } from './lambda-contradictions.ts';
import { ratedLoad } from './rated-load.ts';
import type { Subject } from './subject.ts';
import { tableContradictions } from './table-contradictions.ts';
import { timeoutContradictions } from './timeout-contradictions.ts';

/** Everything that does not fit together in limits, in the order a request meets it; none: they are coherent. */
export function contradictionsOf(subject: Subject): readonly Contradiction[] {
  const load = ratedLoad(subject);
  return [
    ...gatewayContradictions(subject),
    ...lambdaContradictions(subject, load),
    ...burstContradictions(subject, load),
    ...timeoutContradictions(subject),
    ...tableContradictions(subject),
    ...evidenceContradictions(subject),
  ];
}
