import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { html, Html } from '../html.ts';
import { drawHits, type ChartHit } from './chart-hits.ts';

use([
  BarChart,
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
  fourth: 'var(--series-4)',
  limit: 'var(--limit)',
  band: 'var(--band)',
  phase: 'var(--phase)',
  paper: 'var(--card)',
} as const;

/**
 * Text in a drawing keeps its size on a phone because the phone gets a drawing of its own. A chart of the whole
 * width has one more, for windows in between.
 */
const SIZES = {
  half: [
    { kind: 'wide', width: 620, height: 380 },
    { kind: 'narrow', width: 350, height: 330 },
  ],
  full: [
    { kind: 'broad', width: 1160, height: 330 },
    { kind: 'wide', width: 620, height: 340 },
    { kind: 'narrow', width: 350, height: 330 },
  ],
} as const;

/** A chart in words: `id` is unique on the page, `title` and `description` are what a screen reader says. */
export interface ChartWords {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Which drawing is asked for; `narrow` is a phone's. */
export interface Drawing {
  readonly kind: 'broad' | 'wide' | 'narrow';
  readonly width: number;
  readonly narrow: boolean;
}

/** One option for each size of drawing. */
export type ChartOption = (
  drawing: Drawing,
) => EChartsCoreOption & { readonly grid: { readonly top: number } };

/** Draws a chart for a desk and for a phone; the stylesheet shows one of the drawings. */
export function drawChart(
  words: ChartWords,
  option: ChartOption,
  hits: readonly ChartHit[],
  share: keyof typeof SIZES = 'half',
): Html {
  const drawings = SIZES[share].map(({ kind, width, height }) => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      const drawn = option({ kind, width, narrow: kind === 'narrow' });
      chart.setOption({ animation: false, ...drawn });
      const hitShapes = drawHits(chart, hits, { width, top: drawn.grid.top });
      const svg = named(chart.renderToSVGString(), hitShapes, words, kind);
      return html`<div class="chart ${kind}" data-title="${words.title}">${svg}</div>`;
    } finally {
      chart.dispose();
    }
  });
  return html`<div class="chart-sizes ${share}">${drawings}</div>`;
}

/**
 * Gives a drawing its name, and ids by its own count: the renderer counts over all charts of the process, which
 * would differ from one rendering of a run to the next.
 */
function named(svg: string, hits: Html, { id, title, description }: ChartWords, kind: string): Html {
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
      .replace(/\n/g, '')
      // The font is the page's, and so are the rules for a pointer.
      .replaceAll('font-family:sans-serif;', '')
      .replace(/<style.*?<\/style>/g, '')
      .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
      .replace(/\bzr\d+-[a-z-]*\d+/g, nameOf)
      .replace(/^<svg width="[^"]*" height="[^"]*"/, opening)
      .replace('>', `>${html`${label}`.markup}`)
      .replace(/<\/svg>$/, `${hits.markup}</svg>`),
  );
}
