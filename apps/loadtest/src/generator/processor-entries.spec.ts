import { processorEntries, ProcessorEntryError } from './processor-entries.ts';

type Make = (...values: never[]) => unknown;
const whose = { name: 'makeEntry', runId: 'r1', stepName: 's', vars: { year: 2024 } };
const entries = (make: Make, sequences: readonly number[] = [0], maxBytes?: number) =>
  processorEntries({ ...whose, make: make as () => unknown }, sequences, maxBytes);

describe('processorEntries', () => {
  it('hands over id, sequence and variables, and keeps the order', async () => {
    const make = (id: string, sequence: number, vars: typeof whose.vars) => ({
      title: `${id}/${sequence}`,
      ...vars,
    });
    expect(await entries(make, [1, 3])).toEqual([
      '{"title":"loadtest.r1.s.1/1","year":2024,"id":"loadtest.r1.s.1"}',
      '{"title":"loadtest.r1.s.3/3","year":2024,"id":"loadtest.r1.s.3"}',
    ]);
  });

  it('gives every entry the id that the audit looks for', async () => {
    expect(await entries(() => ({ id: 'my own' }))).toEqual(['{"id":"loadtest.r1.s.0"}']);
  });

  it('waits for an async function', async () => {
    expect(await entries(async () => ({ a: 1 }))).toEqual(['{"a":1,"id":"loadtest.r1.s.0"}']);
  });

  it('waits for what only has a then', async () => {
    const thenable = { then: (resolve: (entry: object) => void) => resolve({ a: 1 }) };
    expect(await entries(() => thenable)).toEqual(['{"a":1,"id":"loadtest.r1.s.0"}']);
  });

  it.each<[string, Make, string]>([
    ['returns nothing', () => undefined, 'returned nothing for request 7, want an object'],
    ['returns a list', () => [1], 'returned a list for request 7'],
    ['returns null', () => null, 'returned null for request 7'],
    [
      'throws',
      () => {
        throw new Error('no data');
      },
      'failed for request 7: no data',
    ],
    ['rejects', async () => Promise.reject(new Error('no data')), 'failed for request 7: no data'],
    ['returns what JSON is not', () => ({ big: 1n }), 'failed for request 7: '],
  ])('refuses a function that %s, before anything is sent', async (_, make, message) => {
    const making = entries(make, [7]);
    await expect(making).rejects.toThrow(ProcessorEntryError);
    await expect(making).rejects.toThrow(`processor function makeEntry: ${message}`);
  });

  it('takes entries up to the bound and not a byte more', async () => {
    const body = '{"id":"loadtest.r1.s.0"}';
    expect(await entries(() => ({}), [0, 1], 2 * body.length)).toHaveLength(2);
    await expect(entries(() => ({}), [0, 1, 2], 2 * body.length)).rejects.toThrow(
      'the first 3 of 3 entries take 72 bytes, want ≤ 48 in all; split the step',
    );
  });
});
