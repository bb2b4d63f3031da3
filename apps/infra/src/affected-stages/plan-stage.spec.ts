import type { Change } from './plan-stage.ts';
import { reasonToDeploy } from './plan-stage.ts';

const stages = { dev: { auth: 'iam' }, prod: { auth: 'iam', tags: { team: 'a' } } };
const same: Change = { throttled: [], stagesBefore: stages, stagesAfter: stages, shared: [] };
const reasons = (change: Partial<Change>) =>
  ['dev', 'prod'].map((stage) => reasonToDeploy(stage, { ...same, ...change }));

describe('reasonToDeploy', () => {
  it('is none where nothing changed', () => expect(reasons({})).toEqual([null, null]));

  it('is a throttle file for its stage alone', () => {
    expect(reasons({ throttled: ['dev'] })).toEqual(['throttle.dev.json changed', null]);
  });

  it('is a part of the stages file for that stage alone', () => {
    const stagesAfter = { ...stages, prod: { ...stages.prod, tags: { team: 'b' } } };
    expect(reasons({ stagesAfter })).toEqual([null, 'its part of stages.json changed']);
  });

  it('is being new', () => {
    expect(reasons({ stagesBefore: { dev: stages.dev } })[1]).toBe('its part of stages.json changed');
  });

  it('is for every stage what all are made from, and names some of it', () => {
    const [dev, prod] = reasons({ shared: ['a', 'b', 'c', 'd', 'e'] });
    expect(dev).toBe('what every stage is made from changed, with a, b, c and 2 more');
    expect(prod).toBe(dev);
  });
});
