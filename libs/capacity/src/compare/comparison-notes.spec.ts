import { noisyRun } from '../__fixtures__/compared-run.ts';
import type { RunRecord } from '../run-record.ts';
import { comparisonNotes } from './comparison-notes.ts';

const run = (seed: number, changes: Partial<RunRecord> = {}) => ({
  ...noisyRun({ slowness: 1, sdLog: 0 }, seed).run,
  ...changes,
});

/** Notes on a comparison in which that many degrees of freedom of the spread were seen. */
function notesOf(
  a: readonly RunRecord[],
  b: readonly RunRecord[],
  { earlier = [], degreesSeen = a.length + b.length - 2 }: NoiseSeen = {},
) {
  const metrics = [{ ...metric, spread: { sdLog: 0.1, degrees: 4 + degreesSeen, degreesSeen } }];
  return comparisonNotes({ a, b, rates: [200], metrics, earlier }).join('\n');
}

interface NoiseSeen {
  readonly earlier?: readonly RunRecord[];
  readonly degreesSeen?: number;
}

const metric = {
  metric: 'goodput',
  a: 1,
  b: 1,
  ratio: 1,
  ratioLower: 0.9,
  ratioUpper: 1.1,
  verdict: 'no-difference',
  detectableRatio: 1.2,
} as const;

function busy(seed: number, busyRatio: number): RunRecord {
  const plain = run(seed, { stage: 'local' });
  const steps = plain.steps.map((step) => ({
    ...step,
    record: { ...step.record, host: { busyRatio, stalls: [] } },
  }));
  return { ...plain, steps };
}

describe('comparisonNotes', () => {
  it('says where the noise of one run a side comes from', () => {
    expect(notesOf([run(1)], [run(2)])).toContain('that spread is assumed. Measure 3 or more a side.');
    const earlier = [run(3), run(4)];
    expect(notesOf([run(1)], [run(2)], { earlier, degreesSeen: 2 })).toContain(
      'that spread is read from 2 earlier runs of the same system and, unless they show more, an assumption',
    );
    expect(notesOf([run(1)], [run(2)], { earlier: [run(3)], degreesSeen: 1 })).toContain(
      'read from 1 earlier run of the same system and',
    );
  });

  it('does not say that the noise was read from earlier runs which show none', () => {
    expect(notesOf([run(1)], [run(2)], { earlier: [run(3), run(4)], degreesSeen: 0 })).toContain(
      'that spread is assumed.',
    );
  });

  it('names these runs, and earlier ones where they add to what is seen', () => {
    const [a, b] = [[run(1), run(2)], [run(3)]];
    expect(notesOf(a, b)).toContain('How much runs of one system differ is read from these runs and');
    expect(notesOf(a, b, { earlier: [run(4)], degreesSeen: 2 })).toContain(
      'read from these runs, 1 earlier run of the same system and',
    );
  });

  it('asks for more runs below three a side, and not from three on', () => {
    const side = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => run(from + index));
    expect(notesOf(side(1, 3), side(11, 2))).toContain('Measure 3 or more');
    expect(notesOf(side(1, 3), side(11, 3))).not.toContain('Measure 3 or more');
  });

  it('warns where all runs of a side came first, and not where they took turns', () => {
    const at = (seed: number, hour: number) => run(seed, { startedAt: `2026-01-01T1${hour}:00:00.000Z` });
    expect(notesOf([at(1, 1), at(2, 2)], [at(3, 3), at(4, 4)])).toContain('Take them in turns');
    expect(notesOf([at(1, 1), at(2, 3)], [at(3, 2), at(4, 4)])).not.toContain('Take them in turns');
  });

  it.each([
    [0.3, 0.44, false],
    [0.3, 0.46, true],
    [0.64, 0.3, true],
  ])('warns of a machine that was %d and %d busy under the same load: %s', (ofA, ofB, warns) => {
    expect(notesOf([busy(1, ofA)], [busy(2, ofB)]).includes('something else ran on it')).toBe(warns);
  });

  it('says that equal fingerprints leave only noise, and that local runs belong to a machine', () => {
    expect(notesOf([run(1)], [run(2)])).toContain('the same system by their fingerprint');
    const changed = { ...run(2).fingerprint, bundle: 'b2' };
    expect(notesOf([run(1)], [run(2, { fingerprint: changed })])).not.toContain('the same system');
    expect(notesOf([busy(1, 0.3)], [busy(2, 0.3)])).toContain('only runs of one machine');
    expect(notesOf([run(1)], [run(2)])).not.toContain('only runs of one machine');
  });
});
