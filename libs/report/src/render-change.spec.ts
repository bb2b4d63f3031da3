import { runRecordSchema } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import fc from 'fast-check';
import { arbitraryOf } from './__fixtures__/arbitrary-of.ts';
import { renderChange } from './render-change.ts';

const change = {
  file: 'apps/infra/config/throttle.local.json',
  diff: '-    "rateLimit": 1000,\n+    "rateLimit": 912,',
  page: 'results/one/report.html',
};
const NOT_LOOKED_AT = { throttleFile: null, deployedFingerprint: null };

describe('renderChange', () => {
  it('says what changes, why, what was checked and where the page is', () => {
    const text = renderChange(exampleRun(), change, NOT_LOOKED_AT);
    expect(text).toMatch(/^# Verified: 912 requests\/s with bursts of 400\n/);
    expect(text).toContain('stage local, account 000000000000, us-east-1.');
    expect(text).toContain('| `rateLimit` | **912** requests/s | 1,000 | 0.8 × 1140/s');
    expect(text).toContain('```diff\n-    "rateLimit": 1000,\n+    "rateLimit": 912,\n```');
    expect(text).toContain('| burst capacity | answered |');
    expect(text).toContain('Page: `results/one/report.html`');
    expect(text).toMatch(/npx nx deploy infra --stage=local[^]*npx nx run loadtest --stage=local/);
  });

  it('links the page where it is a link, and only then', () => {
    const page = 'https://github.com/me/spillway/actions/runs/1/artifacts/2';
    expect(renderChange(exampleRun(), { ...change, page }, NOT_LOOKED_AT)).toContain(`Page: <${page}>`);
    expect(renderChange(exampleRun(), { ...change, page: 'javascript:0' }, NOT_LOOKED_AT)).toContain(
      'Page: `javascript:0`',
    );
  });

  it('never prints NaN, undefined or Infinity', () => {
    fc.assert(
      fc.property(arbitraryOf(runRecordSchema), (run) => {
        expect(renderChange(run, change, NOT_LOOKED_AT)).not.toMatch(
          /\bNaN\b|\bundefined\b|\bInfinity\b|\[object /,
        );
      }),
      { numRuns: 100 },
    );
  });
});
