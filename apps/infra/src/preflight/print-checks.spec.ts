import type { Check } from './check-deployment.ts';
import { printChecks } from './print-checks.ts';

const check = (name: string, verdict: Check['verdict']): Check => ({
  name,
  verdict,
  found: `${name} found`,
  wanted: `${name} wanted`,
  next: `${name} next`,
});

describe('printChecks', () => {
  it('says found and wanted of each, and what to do where it does not fit', () => {
    const printed = printChecks([check('rate', 'fits'), check('burst', 'breach'), check('VPCs', 'unknown')]);
    expect(printed.split('\n')).toEqual([
      '  ✓ rate   rate found; want rate wanted',
      '  ✗ burst  burst found; want burst wanted',
      '           next: burst next',
      '  ? VPCs   VPCs found; want VPCs wanted',
      '           next: VPCs next',
      'Verdict  a deployment would breach 1 of 3; 1 of 3 could not be checked',
      '',
    ]);
  });

  it.each([
    ['everything fits', [check('a', 'fits')], 'Verdict  a deployment would breach nothing'],
    [
      'something is unknown',
      [check('a', 'fits'), check('b', 'unknown')],
      'Verdict  a deployment would breach nothing that could be read; 1 of 2 could not be checked',
    ],
  ])('ends with the verdict where %s', (_why, checks, verdict) => {
    expect(printChecks(checks).trimEnd().split('\n').at(-1)).toBe(verdict);
  });
});
