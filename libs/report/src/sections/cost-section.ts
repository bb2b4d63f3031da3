import type { CostAtShare, RunRecord } from '@spillway/capacity';
import { costChart } from '../charts/cost-chart.ts';
import { countText, dollarText, millisecondsText, percentText, rateText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { monthlyCosts } from '../monthly-cost.ts';
import { figure, numbers, section, sentences, table, type Column, type Section } from './section.ts';

const lineColumns: readonly Column[] = [
  { heading: 'part', kind: 'text' },
  { heading: 'USD a month', kind: 'figure' },
  { heading: 'USD per million', kind: 'figure' },
  { heading: 'because', kind: 'text' },
];

/** What the proposed limits cost on AWS, by what this run measured. */
export function costSection(run: RunRecord): Section {
  const priced = monthlyCosts(run);
  if (priced === null) {
    return section('cost', 'Cost', html`<p>Not priced: this run proposes no limits to price.</p>`);
  }
  const { basis, months } = priced;
  const full = months.at(-1);
  return section(
    'cost',
    'Cost',
    html`<p>
      List prices of us-east-1 for ${countText(basis.payloadBytes)} bytes a request,
      ${millisecondsText(basis.durationMs)} ms an invocation (95 % upper bound of the mean) and
      ${countText(basis.memorySize)} MB.
      ${
        run.stage === 'local' &&
        'The duration is that of this machine: on AWS it differs, and Lambda with it.'
      }
    </p>`,
    html`<div class="beside">
      ${figure('A month at the proposed rate limit', 'REST API against HTTP API', costChart(months))}
      ${monthTable(months)}
    </div>`,
    full !== undefined &&
      numbers(
        `Parts of a month at ${rateText(full.ratePerSecond)} requests/s`,
        html`${table('Parts, REST API', lineColumns, partRows(full.rest))}
        ${table('Parts, HTTP API', lineColumns, partRows(full.http))}`,
      ),
    full !== undefined && html`<h3>Not contained</h3>`,
    full !== undefined && sentences(full.rest.notContained, 'Nothing is known to be missing.'),
  );
}

/** Shares of the rate limit across, so that the table stands beside the chart. */
function monthTable(months: readonly CostAtShare[]): Html {
  const row = (name: string, value: (month: CostAtShare) => string) => [name, ...months.map(value)];
  return table(
    'Cost at shares of the rate limit',
    [
      { heading: 'of the rate limit', kind: 'text' },
      ...months.map(({ share }) => ({ heading: percentText(share), kind: 'figure' }) as const),
    ],
    [
      row('requests/s', ({ ratePerSecond }) => rateText(ratePerSecond)),
      row('REST, USD a month', ({ rest }) => dollarText(rest.usdPerMonth)),
      row('HTTP, USD a month', ({ http }) => dollarText(http.usdPerMonth)),
      row('REST, USD per million', ({ rest }) => dollarText(rest.usdPerMillion)),
      row('HTTP, USD per million', ({ http }) => dollarText(http.usdPerMillion)),
    ],
  );
}

function partRows({ lines }: CostAtShare['rest']) {
  return lines.map(({ name, usdPerMonth, usdPerMillion, because }) => [
    name,
    dollarText(usdPerMonth),
    dollarText(usdPerMillion),
    because,
  ]);
}
