import { exampleAnswers, exampleRun } from '@spillway/capacity/testing';
import { outcomesChart } from './outcomes-chart.ts';

const run = exampleRun();
const answers = new Map(run.steps.map((step) => [step.record.name, exampleAnswers(step)]));

/** Cells of the table below the chart, without the first column. */
function tableOf(markup: string): number[][] {
  const rows = [...markup.matchAll(/<th scope="row">[^<]*<\/th>(.*?)<\/tr>/gs)];
  return rows.map(([, cells]) =>
    [...cells!.matchAll(/<td class="figure">([^<]*)</g)].map(([, text]) => Number(text!.replace(/,/g, ''))),
  );
}

describe('outcomesChart', () => {
  const { markup } = outcomesChart(run, answers)!;

  it('has every request of every step but the calibration once, in chart and table', () => {
    const sent = run.steps
      .filter(({ record }) => record.purpose !== 'calibration')
      .reduce((sum, { record }) => sum + record.sent, 0);
    const sum = tableOf(markup)
      .flat()
      .reduce((a, b) => a + b, 0);
    expect(sum).toBe(sent);
    const broad = markup.slice(0, markup.indexOf('class="chart wide"'));
    const said = [...broad.matchAll(/^(?:good|late [^:]*|throttled [^:]*): ([\d,]+)/gm)];
    expect(said.reduce((total, [, count]) => total + Number(count!.replace(/,/g, '')), 0)).toBe(sent);
  });

  it('names only the outcomes that occur', () => {
    const legend = markup.slice(0, markup.indexOf('<details>'));
    for (const name of ['good', 'late (after the SLO)', 'throttled (429)'])
      expect(legend).toContain(`>${name}<`);
    expect(legend).not.toContain('>failed (5xx)<');
  });

  it('is none without answers', () => {
    expect(outcomesChart(run, new Map())).toBeNull();
  });
});
