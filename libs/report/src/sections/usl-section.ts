import type { RunRecord, Usl } from '@spillway/capacity';
import { lawAt, uslChart } from '../charts/usl-chart.ts';
import { figureText, percentText, rateText } from '../figures.ts';
import { html } from '../html.ts';
import { figure, section, sentences, table, type Section } from './section.ts';

type Fitted = Extract<Usl, { kind: 'fitted' }>;

/** The Universal Scalability Law beside the bracket: a cross-check that decides nothing. */
export function uslSection(run: RunRecord): Section | null {
  const { usl } = run;
  if (usl === null || usl === undefined) return null;
  const heading = 'Cross-check: the scalability law';
  if (usl.kind === 'not-fitted') return section('usl', heading, html`<p>Not fitted: ${usl.reason}</p>`);
  return section(
    'usl',
    heading,
    html`<p>${peakSentence(usl)} It explains ${percentText(usl.rSquared)} of the variance.</p>`,
    html`<div class="beside">
      ${figure('Throughput against requests in flight', 'X(N) = γN / (1 + σ(N−1) + κN(N−1))', uslChart(run))}
      <div>
        ${table(
          'Coefficients of the law, with 95 % intervals',
          [
            { heading: 'coefficient', kind: 'text' },
            { heading: 'estimate', kind: 'figure' },
            { heading: '95 % interval', kind: 'figure' },
          ],
          (['gamma', 'sigma', 'kappa'] as const).map((name) => {
            const { estimate, lower, upper } = usl[name];
            return [NAMES[name], figureText(estimate), `${figureText(lower)} – ${figureText(upper)}`];
          }),
        )}
        ${table(
          'Levels the law is fitted to',
          [
            { heading: 'in flight', kind: 'figure' },
            { heading: 'measured/s', kind: 'figure' },
            { heading: 'by the law/s', kind: 'figure' },
          ],
          [...usl.levels]
            .sort(([a], [b]) => a - b)
            .map(([inFlight, perSecond]) => [
              rateText(inFlight),
              rateText(perSecond),
              rateText(lawAt(usl, inFlight)),
            ]),
        )}
      </div>
    </div>`,
    usl.warnings.length > 0 && html`<h3>Where not to trust it</h3>`,
    usl.warnings.length > 0 && sentences(usl.warnings, ''),
  );
}

const NAMES = {
  gamma: 'γ, requests/s of one at a time',
  sigma: 'σ, contention',
  kappa: 'κ, coherency',
} as const;

function peakSentence({ peak, kappa }: Fitted): string {
  if (peak === null) {
    return kappa.estimate > 0
      ? 'The law fitted to the levels has no peak: it falls from one request in flight on.'
      : 'The law fitted to the levels has no peak, only a ceiling.';
  }
  return `The law fitted to the levels peaks at ${rateText(peak.perSecond)} requests/s with ${rateText(peak.inFlight)} in flight.`;
}
