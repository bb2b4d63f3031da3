import type { Comparison } from './comparison.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { changeText, comparisonText } from './comparison-text.ts';

const comparison: Comparison = {
  kind: 'compared',
  a: ['run-1', 'run-2'],
  b: ['run-3'],
  verdict: 'slower',
  metrics: [
    {
      metric: 'latency-p50',
      a: 3.612,
      b: 4.401,
      ratio: 1.2184,
      ratioLower: 1.051,
      ratioUpper: 1.412,
      verdict: 'slower',
      detectableRatio: 1.19,
      spread: { sdLog: 0.05, degrees: 6, degreesSeen: 2 },
    },
    {
      metric: 'sustained-rate',
      a: 958.4,
      b: 951.2,
      ratio: 0.9925,
      ratioLower: 0.45,
      ratioUpper: 2.2,
      verdict: 'no-difference',
      detectableRatio: 2.3,
      spread: { sdLog: 0.07, degrees: 6, degreesSeen: 2 },
    },
  ],
  rates: [
    {
      ratePerSecond: 200,
      a: { p50Ms: 3.1, p99Ms: 12, durationMs: 1.9 },
      b: { p50Ms: 3.9, p99Ms: 15.55, durationMs: null },
    },
  ],
  changes: [{ what: 'function bundle', from: 'aaaaaaaa', to: 'bbbbbbbb' }],
  history: [],
  notes: ['A note.'],
};

describe('comparisonText', () => {
  it('says the verdict, each metric with its interval, and what it rests on', () => {
    expect(comparisonText(comparison)).toBe(
      [
        'A               run-1, run-2',
        'B               run-3',
        'Changed         function bundle aaaaaaaa → bbbbbbbb',
        '',
        '                            A        B    B to A       95 % interval would find',
        '- latency p50         3.61 ms   4.4 ms     +22 %     +5.1 % to +41 %      +19 %',
        '= sustained rate        958/s    951/s    −0.7 %     × 0.45 to × 2.2      × 2.3',
        '',
        '  200/s   p50 3.1 → 3.9  p99 12 → 15.6  function 1.9 → – ms',
        '',
        'Verdict         B is slower beyond noise: latency p50 +22 %.',
        '  A note.',
      ].join('\n'),
    );
  });

  it('says all reasons of a refusal', () => {
    expect(comparisonText({ kind: 'refused', reasons: ['one', 'two'] })).toBe(
      "These runs can't be compared:\n  one\n  two",
    );
  });

  it('says what would have been found where nothing was', () => {
    const equal = { ...comparison, verdict: 'no-difference', metrics: comparison.metrics.slice(1) } as const;
    expect(comparisonText(equal)).toContain(
      'No difference beyond noise; a change of × 2.3 in sustained rate would be found 8 times in 10',
    );
  });
});

describe('comparisonMarkdown', () => {
  it('is a heading with the verdict, a table, and the rates folded away', () => {
    expect(comparisonMarkdown(comparison)).toBe(
      [
        '### Load test: B is slower beyond noise: latency p50 +22 %.',
        '',
        'A: `run-1`, `run-2` · B: `run-3` · changed: function bundle `aaaaaaaa` → `bbbbbbbb`',
        '',
        '| | A | B | B to A | 95 % interval | verdict | found 8 times in 10 |',
        '| --- | ---: | ---: | ---: | ---: | --- | ---: |',
        '| latency p50 | 3.61 ms | 4.4 ms | +22 % | +5.1 % to +41 % | **slower** | +19 % |',
        '| sustained rate | 958/s | 951/s | −0.7 % | × 0.45 to × 2.2 | no difference | × 2.3 |',
        '',
        '<details><summary>Rate by rate, ms</summary>',
        '',
        '| requests/s | p50 | p99 | function |',
        '| ---: | ---: | ---: | ---: |',
        '| 200 | 3.1 → 3.9 | 12 → 15.6 | 1.9 → – |',
        '',
        '</details>',
        '',
        '- A note.',
      ].join('\n'),
    );
  });

  it('lists the reasons of a refusal', () => {
    expect(comparisonMarkdown({ kind: 'refused', reasons: ['one', 'two'] })).toBe(
      "### Load test: these runs can't be compared\n\n- one\n- two",
    );
  });
});

describe('changeText', () => {
  it.each([
    [1, '±0 %'],
    [1.0004, '±0 %'],
    [1.006, '+0.6 %'],
    [0.9, '−10 %'],
    [1.99, '+99 %'],
    [2, '× 2'],
    [0.51, '−49 %'],
    [0.5, '× 0.5'],
    [1000, '× 1000'],
    [1001, 'over × 1000'],
    [0.0009, 'under × 0.001'],
  ])('prints %d as %s', (ratio, text) => {
    expect(changeText(ratio)).toBe(text);
  });
});
