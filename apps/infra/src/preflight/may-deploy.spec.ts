import type { Check } from './check.ts';
import { mayDeploy } from './may-deploy.ts';

const check = (verdict: Check['verdict']) => ({ verdict }) as Check;

describe('mayDeploy', () => {
  it.each<[Check['verdict'], boolean, boolean]>([
    ['fits', true, true],
    ['warning', true, true],
    ['unknown', false, true],
    ['breach', false, false],
  ])('lets "%s" pass: %s; with --allow-unknown: %s', (verdict, strictly, allowingUnknown) => {
    const checks = [check('fits'), check(verdict)];
    expect([mayDeploy(checks, false), mayDeploy(checks, true)]).toEqual([strictly, allowingUnknown]);
  });
});
