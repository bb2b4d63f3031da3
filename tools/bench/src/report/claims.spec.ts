import { contestantRun, figures } from './__fixtures__/contestant-run.ts';
import { judgeClaims, type Evidence } from './claims.ts';
import type { ContestantRun } from '../contestant-run.ts';

const PEER = contestantRun('peer', { many: figures(500, 120), open: { 300: figures(300, 20) } });
const LIMIT = contestantRun('limit', { few: figures(1_200, 5), flood: null });

function evidence(ours: Partial<ContestantRun> = {}): Evidence {
  const spillway = contestantRun('spillway', ours);
  return {
    peerPairs: [{ other: PEER, spillway }],
    limitPairs: [{ other: LIMIT, spillway }],
    spillwayRuns: [spillway],
    openRatesPerSecond: [300],
  };
}

/** Verdict of the one claim that starts so. */
function verdict(start: string, ours?: Partial<ContestantRun>) {
  const found = judgeClaims(evidence(ours)).filter(({ wanted }) => wanted.includes(start));
  expect(found).toHaveLength(1);
  return found[0]?.verdict;
}

const flood = (change: Partial<NonNullable<ContestantRun['flood']>>) => ({
  flood: { ...contestantRun('x').flood!, ...change },
});

describe('judgeClaims', () => {
  it.each<[string, string, Partial<ContestantRun>, Partial<ContestantRun>]>([
    ['twice the speed', '2 × the requests/s', { many: figures(1_000, 1) }, { many: figures(999, 1) }],
    ['a third of the p99', '1/3 of its p99', { many: figures(1, 40) }, { many: figures(1, 40.1) }],
    [
      'half the open p99',
      '1/2 of its p99',
      { open: { 300: figures(1, 10) } },
      { open: { 300: figures(1, 10.1) } },
    ],
    ['no error', 'no error', { open: { 300: figures(1, 1, 0) } }, { open: { 300: figures(1, 1, 1) } }],
    ['three quarters of the limit', '0.75 × the limit', { few: figures(900, 1) }, { few: figures(899, 1) }],
    [
      'all of the flood answered',
      'served + refused',
      flood({ flood: { sent: 1_000, served: 1, refused: 999, failed: 0 } }),
      flood({ flood: { sent: 1_000, served: 900, refused: 99, failed: 1 } }),
    ],
    ['back in time', 'within 5 s', flood({ backAfterMs: 5_000 }), flood({ backAfterMs: 5_100 })],
    ['back at all', 'within 5 s', flood({ backAfterMs: 0 }), flood({ backAfterMs: null })],
    [
      'nothing lost',
      'is stored',
      { audit: { acknowledged: 1, lost: 0, storedUnacknowledged: 5, neverSent: 0 } },
      { audit: { acknowledged: 1, lost: 1, storedUnacknowledged: 0, neverSent: 0 } },
    ],
  ])('holds us to %s', (_what, start, met, notMet) => {
    expect([verdict(start, met), verdict(start, notMet)]).toEqual(['met', 'not met']);
  });

  it('judges by the peer that is fastest', () => {
    const slow = contestantRun('slow', { many: figures(10, 9_000) });
    const both = evidence();
    const pairs = [{ other: slow, spillway: contestantRun('spillway') }, ...both.peerPairs];
    expect(judgeClaims({ ...both, peerPairs: pairs })[0]).toEqual({
      wanted: '32 connections: ≥ 2 × the requests/s of peer',
      found: '2.00 (2.00–2.00)',
      verdict: 'met',
    });
  });

  it.each([
    ['one of three is back late', [1_000, 2_000, null], 'met', '2.0 s, 1 of 3 not seen'],
    ['two of four are', [1_000, 2_000, null, null], 'not met', '–, 2 of 4 not seen'],
  ])('takes the middle of the rounds where %s', (_what, rounds, expected, text) => {
    const runs = rounds.map((backAfterMs) => contestantRun('spillway', flood({ backAfterMs })));
    const claims = judgeClaims({ ...evidence(), spillwayRuns: runs });
    expect(claims.find(({ wanted }) => wanted.includes('within 5 s'))).toMatchObject({
      verdict: expected,
      found: text,
    });
  });

  it('claims nothing where nothing was measured', () => {
    const none = { peerPairs: [], limitPairs: [], spillwayRuns: [], openRatesPerSecond: [300] };
    expect(new Set(judgeClaims(none).map((claim) => claim.verdict))).toEqual(new Set(['not measured']));
  });
});
