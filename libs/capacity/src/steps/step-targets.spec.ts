import { targets } from '../__fixtures__/simulated-stage.ts';
import { stepTargets } from './step-targets.ts';

describe('stepTargets', () => {
  it.each(['discovery', 'replay', 'warm-up', 'payload-sweep', 'memory-sweep'] as const)(
    'holds a step of %s to the SLO itself',
    (purpose) => expect(stepTargets(purpose, targets)).toEqual(targets),
  );

  it("holds a burst to the headroom's share of T, and to the rest as it is", () => {
    expect(stepTargets('burst', targets)).toEqual({ ...targets, latencyMs: 400 });
  });
});
