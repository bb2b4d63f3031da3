import type { Answers, RunRecord } from '@spillway/capacity';
import { goodputChart } from '../charts/goodput-chart.ts';
import { latencyChart } from '../charts/latency-chart.ts';
import { percentileChart } from '../charts/percentile-chart.ts';
import { bindingName } from '../binding-name.ts';
import { html } from '../html.ts';
import { bracketText } from '../limit-rows.ts';
import { howItWasJudged } from '../reservations.ts';
import { facts, figure, section, type Section } from './section.ts';

/** The sustained rate as a bracket, what bound it, and the charts that show both. */
export function capacitySection(run: RunRecord, answersByStep: ReadonlyMap<string, Answers>): Section {
  const { binding, estimate } = run;
  const charts = [
    [
      'Goodput against offered rate',
      'the shaded span is λ*; the table of steps has the numbers',
      goodputChart(run),
    ],
    [
      'Latency against offered rate',
      'marks on p99 show the verdict, as on the left or above',
      latencyChart(run),
    ],
    ['Latency by percentile', 'every discovery step; warm-ups left out', percentileChart(run, answersByStep)],
  ] as const;
  return section(
    'capacity',
    'What the stage holds',
    facts([
      ['Sustained rate λ*', html`<b>${bracketText(run)}</b> ${estimate?.reasons.join('; ') ?? null}`],
      [
        'Bound by',
        binding === null ? 'not established' : html`<b>${bindingName(binding)}</b>: ${binding.because}`,
      ],
      ['To raise it', binding?.next ?? 'not known'],
    ]),
    html`<p class="note">${howItWasJudged(run)}</p>`,
    html`<div class="charts">${charts.map(([caption, note, chart]) => figure(caption, note, chart))}</div>`,
  );
}
