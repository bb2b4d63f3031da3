import type { Check } from './check.ts';
import { printChecks } from './print-checks.ts';

const check = (name: string, verdict: Check['verdict']): Check => ({
  name,
  verdict,
  found: `${name} found`,
  wanted: `${name} wanted`,
  outcome: verdict === 'warning' ? `${name} outcome` : '',
  next: `${name} next`,
});

describe('printChecks', () => {
  it('says found and wanted of each, and what to do where it does not fit', () => {
    const printed = printChecks([
      check('rate', 'fits'),
      check('rule', 'warning'),
      check('burst', 'breach'),
      check('VPCs', 'unknown'),
    ]);
    expect(printed.split('\n')).toEqual([
      '  ✓ rate   rate found; want rate wanted',
      '  ! rule   rule found; want rule wanted',
      '           else: rule outcome',
      '           next: rule next',
      '  ✗ burst  burst found; want burst wanted',
      '           next: burst next',
      '  ? VPCs   VPCs found; want VPCs wanted',
      '           next: VPCs next',
      'Verdict  a deployment would breach 1 of 4: burst; warnings: rule; not verified: VPCs (--allow-unknown lets that pass)',
      '',
    ]);
  });

  it.each([
    ['everything fits', [check('a', 'fits')], 'Verdict  a deployment would breach nothing'],
    [
      'something contradicts itself',
      [check('a', 'fits'), check('b', 'warning')],
      'Verdict  a deployment would breach nothing; warnings: b',
    ],
    [
      'something is unknown',
      [check('a', 'fits'), check('b', 'unknown')],
      'Verdict  a deployment would breach nothing that could be read; not verified: b (--allow-unknown lets that pass)',
    ],
  ])('ends with the verdict where %s', (_why, checks, verdict) => {
    expect(printChecks(checks).trimEnd().split('\n').at(-1)).toBe(verdict);
  });
});
