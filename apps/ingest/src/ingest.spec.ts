import type { Entry } from '@spillway/shared';
import { StoreUnavailableError, type EntryStore, type PutOutcome } from './entry-store.ts';
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

const deadline = new AbortController().signal;
const startDeadline = () => deadline;
const text = '{"id":"12","title":"kkkg","year":"2023","attributes":{"a":[1]}}';

describe('ingest', () => {
  it.each<[PutOutcome, string]>([
    ['stored', 'accepted'],
    ['conflict', 'conflict'],
  ])('asks the store once, and turns %s into %s', async (outcome, status) => {
    const { store, puts } = recordPuts(outcome);
    expect(await ingest(text, store, startDeadline)).toEqual({ status });
    expect(puts).toEqual([{ id: '12', title: 'kkkg', year: 2023, attributes: { a: [1] } }]);
  });

  it.each([
    ['invalid', '{"id":"12"}'],
    ['too-large', `{"id":"12","title":"${'x'.repeat(409_600)}","year":1}`],
  ])('does not ask the store about what is %s', async (status, refused) => {
    const { store, puts } = recordPuts('stored');
    expect(await ingest(refused, store, startDeadline)).toMatchObject({
      status,
      refusal: { reason: status },
    });
    expect(puts).toEqual([]);
  });

  it.each([
    ['unavailable', new StoreUnavailableError('ThrottlingException', new Error('why'))],
    ['failed', new Error('x')],
    ['failed', 'thrown text'],
  ])('calls an entry %s when the store throws, and hands on what', async (status, thrown) => {
    const store: EntryStore = { put: () => Promise.reject(thrown) };
    expect(await ingest(text, store, startDeadline)).toEqual({ status, error: thrown });
  });

  it('starts the deadline when the text is read', async () => {
    const order: string[] = [];
    const read = jest.spyOn(JSON, 'parse').mockImplementationOnce(() => {
      order.push('read');
      return { id: '12', title: 'kkkg', year: 2023 };
    });
    await ingest(text, recordPuts('stored').store, () => {
      order.push('deadline');
      return deadline;
    });
    read.mockRestore();
    expect(order).toEqual(['read', 'deadline']);
  });

  it('hands the deadline on to the store', async () => {
    const given: AbortSignal[] = [];
    const store: EntryStore = {
      put: async (_entry, signal) => {
        given.push(signal);
        return 'stored';
      },
    };
    await ingest(text, store, startDeadline);
    expect(given).toEqual([deadline]);
  });
});
