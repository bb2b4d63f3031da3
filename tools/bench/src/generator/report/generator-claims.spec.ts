import type { Findings } from '../findings.ts';
import { findings, noFindings } from './__fixtures__/findings.ts';
import { generatorClaims } from './generator-claims.ts';

/** The one claim that says so. */
function claimOf(what: string, change?: Partial<Findings>) {
  const found = generatorClaims(findings(change)).filter(({ wanted }) => wanted.includes(what));
  expect(found).toHaveLength(1);
  return found[0]!;
}

const at = findings();
const ours = <T extends { tool: string }>(list: readonly T[], change: Partial<T>) =>
  list.map((found) => (found.tool === 'spillway' ? { ...found, ...change } : found));
const stallView = (p99Ms: number, share: number) => ({
  stall: ours(at.stall, { views: [{ source: 'x', p99Ms, slow: { least: share, most: share } }] }),
});

describe('generatorClaims', () => {
  it.each<[string, string, Partial<Findings>]>([
    ['four times the rate', '4 × the requests/s', { maximum: ours(at.maximum, { perSecond: 7_999 }) }],
    ['a fifth of the CPU', 'CPU a request, whole run', { cpu: ours(at.cpu, { wholeMs: 0.401 }) }],
    ['a fifth without start', 'without start', { cpu: ours(at.cpu, { steadyMs: 0.301 }) }],
    ['its own rate at 20 %', 'at 20 %', { steady: ours(at.steady, { achievedRatio: 0.9949 }) }],
    ['its own rate at 80 %', 'at 80 %', { steady: ours(at.steady, { achievedRatio: 0.9949 }) }],
    [
      'Poisson gaps',
      'Kolmogorov',
      { poisson: ours(at.poisson, { sent: { ...at.poisson[0]!.sent, pValue: 0.049 } }) },
    ],
    ['punctuality', 'lateness', { constant: ours(at.constant, { own: { p50Ms: 0.1, p99Ms: 2.01 } }) }],
    ['a true p99', 'server: p99', stallView(919, 0.05)],
    ['a true p99, when it is too small', 'server: p99', stallView(881, 0.05)],
    ['a true share', 'server: share', stallView(900, 0.0511)],
  ])('holds us to %s', (_what, wanted, change) => {
    expect([claimOf(wanted).verdict, claimOf(wanted, change).verdict]).toEqual(['met', 'not met']);
  });

  it('compares within a round and judges by the median of these', () => {
    const rounds = [
      { ours: 8_000, theirs: 2_000 },
      { ours: 4_000, theirs: 800 },
      { ours: 1_000, theirs: 1_000 },
    ];
    const maximum = rounds.flatMap((rates, i) => [
      { ...at.maximum[0]!, round: i + 1, perSecond: rates.theirs },
      { ...at.maximum.at(-1)!, round: i + 1, perSecond: rates.ours },
    ]);
    expect(claimOf('4 × the requests/s', { maximum })).toMatchObject({
      found: '4.00 (1.00–5.00)',
      verdict: 'met',
    });
  });

  it.each([
    [[0.5, 0.5, 0.5, 0.5, 0.5, 0.01, 0.01, 0.01, 0.01], 'p 0.022, 4 of 9 below', 'not met'],
    [[0.04, 0.3, 0.9], 'p 0.102, 1 of 3 below', 'met'],
  ])('judges gaps by all their tests together: %j', (pValues, found, verdict) => {
    const [taken] = at.poisson;
    const poisson = pValues.map((pValue) => ({ ...taken!, sent: { ...taken!.sent, pValue } }));
    expect(claimOf('Kolmogorov', { poisson })).toMatchObject({ found, verdict });
  });

  it('does not call a rate held that one round missed', () => {
    const rounds = [0.999, 0.998, 0.99].map((achievedRatio, i) =>
      ours(at.steady, { achievedRatio, round: i + 1 }),
    );
    expect(claimOf('at 20 %', { steady: rounds.flat() })).toMatchObject({
      found: '99.80 %, least 99.00 %',
      verdict: 'not met',
    });
  });

  it('claims nothing where nothing was measured', () => {
    const verdicts = generatorClaims(noFindings).map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['not measured']));
  });
});
