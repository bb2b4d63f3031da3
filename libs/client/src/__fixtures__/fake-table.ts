import type { EntryStatus } from '@spillway/shared';
import fc from 'fast-check';
import type { IngestResult } from '../ingest-result.ts';
import { answer, batchAnswer, idsOf, type SeenRequest } from './fake-stage.ts';

/** What a stage does with a request: a status for it as a whole, or no answer at all. */
export type Doing = number | 'reset';

/** The next doing, and a number for what is by chance in it: from 0 up to, not including, 1. */
export type Answers = Iterator<{ readonly doing: Doing; readonly chance: () => number }>;

export function answersOf(doings: readonly Doing[]): fc.Arbitrary<Answers> {
  const chances = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  const step = fc.tuple(fc.constantFrom(...doings), chances).map(([doing, stream]) => ({
    doing,
    chance: () => Number(stream.next().value),
  }));
  return fc.infiniteStream(step);
}

/** After these nobody knows what the function did before: it may have stored some. */
const UNKNOWN: readonly Doing[] = [500, 502, 503, 504, 'reset'];

/**
 * A stage that answers by script, and knows what it stored: before an answer that leaves it open, a part by chance. It
 * keeps the contract: what is stored is accepted when it comes again.
 */
export function openTable(answers: Answers) {
  const stored = new Set<string>();
  const next = (ids: readonly string[]) => {
    const { doing, chance } = answers.next().value as { doing: Doing; chance: () => number };
    if (UNKNOWN.includes(doing)) for (const id of ids) if (chance() < 0.5) stored.add(id);
    return { doing, chance };
  };
  const outcomeOf = (id: string, chance: () => number): EntryStatus => {
    const status = OUTCOMES[Math.floor(chance() * OUTCOMES.length)] ?? 'accepted';
    const isStoredNow = status === 'accepted' || (isOpen(status) && chance() < 0.5);
    if (stored.has(id)) return isOpen(status) ? status : 'accepted';
    if (isStoredNow) stored.add(id);
    return status;
  };
  return {
    answerEntry: (request: SeenRequest): Response | Error => {
      const { id } = JSON.parse(request.body) as { id: string };
      const { doing } = next([id]);
      if (doing === 'reset') return new TypeError('reset');
      if (doing === 200 || (doing === 409 && stored.has(id))) {
        stored.add(id);
        return answer(200);
      }
      return answer(doing);
    },
    answerBatch: (request: SeenRequest): Response | Error => {
      const ids = idsOf(request);
      const { doing, chance } = next(ids);
      if (doing === 'reset') return new TypeError('reset');
      return doing === 200 ? batchAnswer(ids.map((id) => outcomeOf(id, chance))) : answer(doing);
    },
    /** What is called stored is; what is, is called stored or unknown. */
    expectTruth: (results: readonly (readonly [id: string, result: IngestResult])[]): void => {
      for (const [id, result] of results) {
        if (result.ok) expect(stored).toContain(id);
        else if (!result.mayBeStored) expect(stored).not.toContain(id);
      }
      const ids = new Set(results.map(([id]) => id));
      expect([...stored].filter((id) => !ids.has(id))).toEqual([]);
    },
  };
}

const OUTCOMES: readonly EntryStatus[] = [
  'accepted',
  'accepted',
  'conflict',
  'invalid',
  'unavailable',
  'failed',
];

function isOpen(status: EntryStatus): boolean {
  return status === 'unavailable' || status === 'failed';
}
