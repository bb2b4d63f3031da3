import type { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { entryId } from './audit.ts';
import { cleanEntries } from './clean-entries.ts';

const RUN = '20260131-142501-k3f9';
const idsOf = (count: number) =>
  new Set(Array.from({ length: count }, (_, sequence) => entryId(RUN, 'discovery-01', sequence)));

/** A table that refuses every n-th entry once, or all of one kind for ever. */
function tableOf(ids: ReadonlySet<string>, own: { refusesOnce?: number; refuses?: string } = {}) {
  const stored = new Set(ids);
  const refused = new Set<string>();
  const batches: number[] = [];
  let asked = 0;
  const send = async ({ input }: BatchWriteItemCommand) => {
    const requests = input.RequestItems?.['t'] ?? [];
    batches.push(requests.length);
    const unprocessed = requests.filter((request) => {
      const id = request.DeleteRequest?.Key?.['id']?.S ?? '';
      asked += 1;
      const isFirst = own.refusesOnce !== undefined && asked % own.refusesOnce === 0 && !refused.has(id);
      if (isFirst) refused.add(id);
      if (isFirst || id === own.refuses) return true;
      stored.delete(id);
      return false;
    });
    return { UnprocessedItems: unprocessed.length === 0 ? {} : { t: unprocessed } };
  };
  const stage = { dynamoDb: { send } as never, tableName: 't' };
  return { stored, refused, batches, stage };
}

const never = new AbortController().signal;

describe('cleanEntries', () => {
  it('removes every entry of the run, 25 at most a call', async () => {
    const { stage, stored, batches } = tableOf(idsOf(101));
    expect(await cleanEntries(stage, RUN, idsOf(101), never)).toEqual({ removed: 101, left: 0 });
    expect(stored.size).toBe(0);
    expect([Math.max(...batches), batches.length]).toEqual([25, 5]);
  });

  it('asks again for what the table had no room for', async () => {
    const { stage, stored, refused } = tableOf(idsOf(60), { refusesOnce: 7 });
    expect(await cleanEntries(stage, RUN, idsOf(60), never)).toEqual({ removed: 60, left: 0 });
    expect([stored.size, refused.size > 0]).toEqual([0, true]);
  });

  it('removes nothing at all where one id is not the run’s', async () => {
    const others = `loadtest.${RUN.replace('k3f9', 'k3f8')}.discovery-01.0`;
    const { stage, stored, batches } = tableOf(new Set([...idsOf(3), others]));
    await expect(cleanEntries(stage, RUN, stored, never)).rejects.toMatchObject({ code: 'FOREIGN_ENTRY' });
    expect([stored.size, batches]).toEqual([4, []]);
  });

  it('says what is left when it is ended', async () => {
    const { stage, stored } = tableOf(idsOf(200));
    const ended = AbortSignal.abort();
    expect(await cleanEntries(stage, RUN, idsOf(200), ended)).toEqual({ removed: 0, left: 200 });
    expect(stored.size).toBe(200);
  });
});
