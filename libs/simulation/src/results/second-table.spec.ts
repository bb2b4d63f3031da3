import { COLUMN, SecondTable } from './second-table.ts';

describe(SecondTable.name, () => {
  it('keeps every fact while it grows, the first of a new second too', () => {
    const table = new SecondTable();
    for (let second = 0; second < 5000; second += 1) {
      table.add(COLUMN.requests, second * 1000 + 999, 1);
      table.raise(COLUMN.inUseMax, second * 1000, second);
    }
    expect(table.column(COLUMN.requests)).toEqual(new Float64Array(5000).fill(1));
    expect(table.column(COLUMN.inUseMax)[4999]).toBe(4999);
  });

  it('has rows for the seconds in between, empty ones', () => {
    const table = new SecondTable();
    table.add(COLUMN.requests, 3000, 2);
    expect(table.column(COLUMN.requests)).toEqual(Float64Array.of(0, 0, 0, 2));
  });

  it('raises, and never lowers', () => {
    const table = new SecondTable();
    table.raise(COLUMN.inUseMax, 0, 5);
    table.raise(COLUMN.inUseMax, 1, 3);
    expect(table.column(COLUMN.inUseMax)).toEqual(Float64Array.of(5));
  });
});
