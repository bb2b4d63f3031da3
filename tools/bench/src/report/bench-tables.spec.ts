import { contestantRun, figures } from './__fixtures__/contestant-run.ts';
import { benchTables } from './bench-tables.ts';

const spillway = contestantRun('spillway');
const peer = contestantRun('peer', { many: figures(500, 120), open: {} });
const evidence = {
  peerPairs: [{ other: peer, spillway }],
  limitPairs: [],
  spillwayRuns: [spillway],
  openRatesPerSecond: [300],
};
const tables = benchTables([peer, spillway], evidence);
const rowsOf = (title: string) => tables.find((table) => table.title.startsWith(title))?.rows;

describe('benchTables', () => {
  it('has a row for each contestant, with its medians', () => {
    expect(rowsOf('32 connections')).toEqual([
      ['peer', '1', '500', '30', '120', '1.50', '0.25', '0', '400', '400'],
      ['spillway', '1', '1000', '10', '40', '1.50', '0.25', '0', '400', '400'],
    ]);
  });

  it('leaves out who was not measured', () => {
    expect(rowsOf('300/s')?.map(([name]) => name)).toEqual(['spillway']);
  });

  it('gives the ratios with their spread', () => {
    const header = tables.find(({ title }) => title.startsWith('spillway /'))?.header;
    expect(header?.slice(0, 3)).toEqual(['', 'requests/s at 32', 'p99 at 32']);
    expect(rowsOf('spillway /')?.[0]?.slice(0, 3)).toEqual(['peer', '2.00 (2.00–2.00)', '0.33 (0.33–0.33)']);
  });

  it('ends with the verdicts', () => {
    expect(tables.at(-1)?.rows[0]).toEqual([
      '32 connections: ≥ 2 × the requests/s of peer',
      '2.00 (2.00–2.00)',
      'met',
    ]);
  });
});
