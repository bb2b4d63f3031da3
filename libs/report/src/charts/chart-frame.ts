import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { html, Html } from '../html.ts';

use([
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  SVGRenderer,
]);

/** Colours are variables of the page, so that one SVG serves light, dark and print. */
export const ink = {
  text: 'var(--muted)',
  strong: 'var(--text)',
  grid: 'var(--grid)',
  axis: 'var(--axis)',
  first: 'var(--series-1)',
  second: 'var(--series-2)',
  third: 'var(--series-3)',
  limit: 'var(--limit)',
  band: 'var(--band)',
  paper: 'var(--card)',
} as const;

/** Text in a drawing keeps its size on a phone because the phone gets a drawing of its own. */
const SIZES = [
  { kind: 'wide', width: 620, height: 380 },
  { kind: 'narrow', width: 350, height: 330 },
] as const;

/** A chart in words: `id` is unique on the page, `title` and `description` are what a screen reader says. */
export interface ChartWords {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** One option for each size of drawing; `narrow` is a phone's. */
export type ChartOption = (narrow: boolean) => EChartsCoreOption;

/** Draws a chart twice, for a desk and for a phone; the stylesheet shows one of them. */
export function drawChart(words: ChartWords, option: ChartOption): Html {
  const drawings = SIZES.map(({ kind, width, height }) => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption({ animation: false, ...option(kind === 'narrow') });
      return html`<div class="chart ${kind}">${named(chart.renderToSVGString(), words, kind)}</div>`;
    } finally {
      chart.dispose();
    }
  });
  return html`${drawings}`;
}

/**
 * Gives a drawing its name, and ids by its own count: the renderer counts over all charts of the process, which
 * would differ from one rendering of a run to the next.
 */
function named(svg: string, { id, title, description }: ChartWords, kind: string): Html {
  const prefix = `${id}-${kind}`;
  const names = new Map<string, string>();
  const nameOf = (found: string): string => {
    const name = names.get(found) ?? `${prefix}-${names.size}`;
    names.set(found, name);
    return name;
  };
  const label = [
    html`<title id="${prefix}-title">${title}</title>`,
    html`<desc id="${prefix}-desc">${description}</desc>`,
  ];
  const opening = `<svg role="img" aria-labelledby="${prefix}-title" aria-describedby="${prefix}-desc"`;
  return new Html(
    svg
      .replace(/\bzr\d+-[a-z-]*\d+/g, nameOf)
      .replace(/^<svg width="[^"]*" height="[^"]*"/, opening)
      .replace('>', `>${html`${label}`.markup}`)
      .replace(/ ecmeta_\w+="[^"]*"/g, '')
      .replace(/\n/g, ''),
  );
}

/** A measured value that a chart can hold: 0, or between a thousandth and a thousand million. */
export function isDrawable(value: number): boolean {
  return value === 0 || (value >= 1e-3 && value <= 1e9);
}
