import { plainStage } from './__fixtures__/configuration.ts';
import { stagesSchema } from './stages.ts';
import { unboundClientLines } from './unbound-clients.ts';

const team = { name: 'team', guaranteed: { ratePerSecond: 1, burstRequests: 1 } };

describe('unboundClientLines', () => {
  it('names the clients of each deployed stage that have no bucket of their own, and no others', () => {
    const stages = stagesSchema.parse({
      local: { ...plainStage, deploy: 'never', clients: [{ name: 'load-test' }] },
      dev: {
        ...plainStage,
        clients: [team, { name: 'load-test' }, { name: 'trial', quota: { requests: 9, period: 'day' } }],
      },
      staging: { ...plainStage, clients: [team] },
      prod: plainStage,
    });
    expect(unboundClientLines(stages)).toEqual([
      'stage "dev": client "load-test", client "trial" may use up all of the stage\'s limits, and what others are guaranteed with them (no "guaranteed" in stages.json)',
    ]);
  });
});
