import type { UseReport } from '../analysis/use-report.ts';
import { analysisClaims, analysisTables } from './analysis-tables.ts';

const MB = 1024 ** 2;
const written = { steps: 5, answers: 10_000_000, bytes: 600 * MB };
const use = (elapsedMs: number, residentBytes = 100 * MB): UseReport => ({
  answers: 10_000_000,
  elapsedMs,
  cpuMs: elapsedMs / 2,
  residentBytes,
});
const rounds = [
  { baseline: use(1000), analysis: use(4000) },
  { baseline: use(2000), analysis: use(10_000, 500 * MB) },
  { baseline: use(1500), analysis: use(3000) },
];

describe('analysisTables', () => {
  it('shows medians of time, the most memory, and the ratio within each round', () => {
    expect(analysisTables(written, rounds)[0]?.rows).toEqual([
      ['read and count lines', '1.50', '0.75', '100', '6666667', '400', '1'],
      ['analysis', '4', '2', '500', '2500000', '150', '4.00 (2.00–5.00)'],
    ]);
  });
});

describe('analysisClaims', () => {
  const verdicts = (answers: number, analysis: UseReport) =>
    analysisClaims({ ...written, answers }, [...rounds, { baseline: use(1), analysis }]).map(
      ({ verdict }) => verdict,
    );

  it.each([
    ['the last that holds', use(10_000, 500 * MB), ['met', 'met']],
    ['a round that is late', use(10_001), ['not met', 'met']],
    ['a round that takes more', use(1, 500 * MB + 1), ['met', 'not met']],
  ])('of %s', (_, analysis, expected) => {
    expect(verdicts(written.answers, analysis)).toEqual(expected);
  });

  it('say nothing of fewer answers', () => {
    expect(verdicts(9_999_999, use(1))).toEqual(['not measured', 'not measured']);
  });
});
