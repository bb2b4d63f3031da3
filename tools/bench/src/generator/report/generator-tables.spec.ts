import { plainTable } from '../../report/table.ts';
import { findings, noFindings } from './__fixtures__/findings.ts';
import { generatorTables } from './generator-tables.ts';

/** Cells of the row that starts so, in the table whose title starts so. */
function cellsOf(title: string, row: string) {
  const table = generatorTables(findings()).find((one) => one.title.startsWith(title));
  return table?.rows.find(([name]) => name?.startsWith(row));
}

describe('generatorTables', () => {
  it('shows the distance to each tool, and where the server was the limit', () => {
    expect(cellsOf('Most on one core', 'wrk')).toEqual([
      'wrk',
      '1',
      '≥ 100000',
      '–',
      '0.005',
      '99 %',
      '0.08 (0.08–0.08)',
    ]);
    expect(cellsOf('Most on one core', 'spillway')?.slice(2, 5)).toEqual(['8000', '9000', '0.100']);
  });

  it('shows what each account of the stalls is off by', () => {
    expect(cellsOf('A server that stands still', 'artillery http')?.slice(3)).toEqual([
      '900',
      '450',
      '−50.0 %',
      '5.00 %',
      '1.00 % to 2.50 %',
      '50.0 %',
    ]);
    expect(cellsOf('A server that stands still', 'spillway')?.slice(4, 6)).toEqual(['918', '+2.0 %']);
  });

  it('shows CPU with and without the start', () => {
    expect(cellsOf('CPU a request', 'artillery http')).toEqual([
      'artillery http',
      '2.000',
      '1.500',
      '0.20 (0.20–0.20)',
      '0.20 (0.20–0.20)',
    ]);
  });

  it('leaves out what was not measured, and still says what is to be shown', () => {
    expect(generatorTables(noFindings).map(({ title }) => title)).toEqual(['What is to be shown']);
  });

  it('can be printed', () => {
    for (const table of generatorTables(findings())) expect(plainTable(table)).not.toMatch(/NaN|undefined/);
  });
});
