import { seededRandom } from '../__fixtures__/random.ts';
import { judgePlateau } from './judge-plateau.ts';
import { window } from './__fixtures__/artillery-window.ts';
import type { WholeWindow } from './plateaus.ts';

const slo = { latencyMs: 500, errorRatio: 0.01 };
const judge = (windows: readonly WholeWindow[], isOneRequestAUser = true) =>
  judgePlateau({ windows, inFlightBefore: 0 }, slo, isOneRequestAUser);
const slow = (count: number, late: number) => ({
  count,
  maxMs: 900,
  quantiles: [],
  errorRatio: 0,
  buckets: [
    { fromMs: 1, toMs: 2, count: count - late },
    { fromMs: 899, toMs: 900, count: late },
  ],
});

describe('judgePlateau', () => {
  it.each([
    [298, 'open'],
    [299, 'holds'],
  ])('with %i answers, none bad, is %s at 1 %', (answers, verdict) => {
    expect(judge([window(150), window(answers - 150)])).toMatchObject({
      verdict,
      requests: answers,
      badAtMost: 0,
    });
  });

  it('says how many answers are needed where there are too few', () => {
    expect(judge([window(100), window(100)]).reason).toMatch(/299 answers are needed if none is bad/);
  });

  it.each([
    ['refused', 'fails'],
    ['failed', 'fails'],
    ['timeout', 'fails'],
    ['connectionError', 'fails'],
    ['other', 'fails'],
    ['throttled', 'open'],
  ] as const)('with one in ten %s, is %s', (outcome, verdict) => {
    const windows = [0, 1].map(() => window(500, { answers: { [outcome]: 50 } }));
    expect(judge(windows)).toMatchObject({ verdict, badAtLeast: 100, badAtMost: 100 });
  });

  it('takes a single 429 as a throttle', () => {
    expect(judge([window(5000), window(5000, { answers: { throttled: 1 } })])).toMatchObject({
      verdict: 'open',
      reason: expect.stringMatching(/^1 of 10000 answers are 429/),
    });
  });

  it('leaves users that were skipped open, however good the answers of the rest', () => {
    expect(judge([window(500, { usersSkipped: 1 }), window(500)])).toMatchObject({
      verdict: 'open',
      reason: expect.stringMatching(/^1 virtual users were left out/),
    });
  });

  it('fails a pile of requests that nobody answered', () => {
    const behind = window(500, { answers: { acknowledged: 400 } });
    expect(judge([behind, behind])).toMatchObject({
      verdict: 'fails',
      reason: expect.stringMatching(/pile up/),
    });
    const slightly = window(500, { answers: { acknowledged: 485 } });
    expect(judge([slightly, slightly])).toMatchObject({
      verdict: 'open',
      reason: expect.stringMatching(/may pile up/),
    });
  });

  it('holds by whole sessions where a user sends one request', () => {
    const windows = [window(500), window(500)];
    expect(judge(windows).timedBy).toBe('session');
    expect(judge(windows, false).timedBy).toBe('first-byte');
  });

  it('falls back on first bytes where sessions are long for a reason of their own, and never fails by them', () => {
    const thinking = { ...window(500), session: slow(500, 500) };
    expect(judge([thinking, thinking])).toMatchObject({
      verdict: 'holds',
      timedBy: 'first-byte',
      badAtMost: 0,
    });
  });

  it('counts late first bytes as bad', () => {
    const late = { ...window(500), firstByte: slow(500, 40) };
    expect(judge([late, late])).toMatchObject({ verdict: 'fails', badAtLeast: 80, badAtMost: 80 });
  });

  it('does not count a late answer twice that is a failure already', () => {
    const late = { ...window(500, { answers: { failed: 40 } }), firstByte: slow(500, 40) };
    expect(judge([late, late]).badAtLeast).toBe(80);
  });

  it('counts an answer without a time as late at most', () => {
    const untimed = { ...window(500), firstByte: null, session: null };
    expect(judge([untimed, untimed])).toMatchObject({ badAtLeast: 0, badAtMost: 1000, verdict: 'open' });
  });

  it('bounds late answers where sessions of failed users hide that acknowledged ones have no time', () => {
    // 5 of 1,995 acknowledged answers without a session, 5 sessions of users whose answer was 404.
    const session = { count: 1995, maxMs: 20, quantiles: [], errorRatio: 0, buckets: null };
    const hiding = { ...window(2000, { answers: { refused: 5 } }), session, firstByte: null };
    expect(judge([hiding])).toMatchObject({ badAtLeast: 5, badAtMost: 10, timedBy: 'session' });
  });

  it('trusts bad answers that come in one window less than the same number spread evenly', () => {
    const even = judge(Array.from({ length: 8 }, () => window(500, { answers: { failed: 3 } })));
    const clumped = judge([
      window(500, { answers: { failed: 24 } }),
      ...Array.from({ length: 7 }, () => window(500)),
    ]);
    expect(even.badAtMost).toBe(clumped.badAtMost);
    expect(clumped.badRatioUpper).toBeGreaterThan(2 * even.badRatioUpper);
    expect([even.verdict, clumped.verdict]).toEqual(['holds', 'open']);
  });

  it.each([
    [0.01, 'holds', 0.05],
    [0.01, 'fails', 0.05],
  ])(
    'of a stage whose bad ratio is %d, exactly what is allowed, %s at most 5 %% of the time',
    (ratio, verdict, share) => {
      const random = seededRandom(7);
      const bad = (requests: number) =>
        Array.from({ length: requests }, random).filter((value) => value < ratio).length;
      const plateaus = Array.from({ length: 1000 }, () =>
        judge([0, 1, 2].map(() => window(400, { answers: { failed: bad(400) } }))),
      );
      const wrong = plateaus.filter((found) => found.verdict === verdict).length;
      // 2.33 standard errors of 1,000 draws above the share.
      expect(wrong / 1000).toBeLessThan(share + 2.33 * Math.sqrt((share * (1 - share)) / 1000));
      expect(wrong).toBeGreaterThan(0);
    },
  );
});
