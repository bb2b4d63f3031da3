import { plainStage } from './__fixtures__/configuration.ts';
import { openStageLines } from './open-stages.ts';
import { stagesSchema } from './stages.ts';

describe('openStageLines', () => {
  it('names each deployed stage that asks nobody who they are, and no other', () => {
    const stages = stagesSchema.parse({
      local: { ...plainStage, deploy: 'never', auth: 'none' },
      demo: { ...plainStage, auth: 'none' },
      prod: plainStage,
    });
    expect(openStageLines(stages)).toEqual([
      'stage "demo" is open: whoever knows its address may write ("auth": "none" in stages.json)',
    ]);
  });
});
