import type { Entry } from '@spillway/shared';
import type { EntryStore, PutOutcome } from './entry-store.ts';
import { ingest } from './ingest.ts';

/** A store that answers `outcome` and keeps what it was asked. */
function recordPuts(outcome: PutOutcome) {
  const puts: Entry[] = [];
  const store: EntryStore = {
    async put(entry) {
      puts.push(entry);
      return outcome;
    },
  };
  return { store, puts };
}

const text = '{"id":"12","title":"kkkg","year":"2023","attributes":{"a":[1]}}';

describe('ingest', () => {
  it.each<[PutOutcome, string]>([
    ['stored', 'accepted'],
    ['conflict', 'conflict'],
  ])('asks the store once, and turns %s into %s', async (outcome, kind) => {
    const { store, puts } = recordPuts(outcome);
    expect(await ingest(text, store)).toEqual({ kind });
    expect(puts).toEqual([{ id: '12', title: 'kkkg', year: 2023, attributes: { a: [1] } }]);
  });

  it.each([
    ['invalid', '{"id":"12"}'],
    ['too-large', `{"id":"12","title":"${'x'.repeat(409_600)}","year":1}`],
  ])('does not ask the store about what is %s', async (reason, refused) => {
    const { store, puts } = recordPuts('stored');
    expect(await ingest(refused, store)).toMatchObject({ kind: 'refused', refusal: { reason } });
    expect(puts).toEqual([]);
  });
});
