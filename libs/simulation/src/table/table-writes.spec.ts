import { uniforms } from '../random-streams.ts';
import type { TableModel } from './table-model.ts';
import { TableWrites } from './table-writes.ts';

const model: TableModel = {
  writeUnitsPerSecond: 4000,
  unitsPerWrite: 1,
  hotKeyRatio: 0,
  sdk: { attempts: 3, baseMs: 500, budgetMs: 3000 },
};
const tableWith = (changes: Partial<TableModel>) =>
  new TableWrites({ ...model, ...changes }, uniforms(3, 'keys'));

/** Units that writes to each partition in turn get at one instant. */
const writtenAtOnce = (table: TableWrites, partitions: number, writes: number, nowMs: number): number => {
  let written = 0;
  for (let index = 0; index < writes; index += 1) if (table.write(index % partitions, nowMs)) written += 1;
  return written;
};

describe(TableWrites.name, () => {
  it('takes a second’s worth at once, and what it refills after that (F40)', () => {
    const table = tableWith({});
    expect(writtenAtOnce(table, 4, 5000, 0)).toBe(4000);
    expect(writtenAtOnce(table, 4, 5000, 500)).toBe(2000);
  });

  it('gives one partition 1,000 units/s, whatever the table has left (F41)', () => {
    const table = tableWith({});
    expect(writtenAtOnce(table, 1, 3000, 0)).toBe(1000);
    expect(table.write(1, 0)).toBe(true);
  });

  it('counts the units of an item (F43)', () => {
    expect(writtenAtOnce(tableWith({ unitsPerWrite: 4 }), 4, 5000, 0)).toBe(1000);
  });

  it('lays writes evenly over the partitions, and the hot key’s share on the first', () => {
    const even = tableWith({});
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 40_000; index += 1) counts[even.partition()]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(7500));
    const hot = tableWith({ hotKeyRatio: 0.6 });
    const onFirst = Array.from({ length: 40_000 }, () => hot.partition()).filter(
      (partition) => partition === 0,
    );
    expect(onFirst.length / 40_000).toBeCloseTo(0.7, 1.9);
    const all = tableWith({ hotKeyRatio: 1 });
    expect(Array.from({ length: 100 }, () => all.partition())).toEqual(new Array(100).fill(0));
  });

  it('grows to twice the highest minute once that is half an hour old, not before (F40)', () => {
    const table = tableWith({});
    for (let second = 0; second < 60; second += 1) writtenAtOnce(table, 4, 3000, second * 1000);
    table.write(0, 30.9 * 60_000);
    expect(table.unitsPerSecond).toBe(4000);
    table.write(0, 31 * 60_000);
    expect(table.unitsPerSecond).toBe(6000);
  });

  it('grows no further than the quota of a table (F42)', () => {
    expect(tableWith({ writeUnitsPerSecond: 90_000 }).unitsPerSecond).toBe(40_000);
  });
});
