import type { EChartsType } from 'echarts/core';
import { html, type Html } from '../html.ts';

/**
 * A place on a chart that says its numbers: a point or a column over the whole height in units of the axes, or the
 * column of a category. The first line names the place, the others are `what: value`.
 */
export type ChartHit = (
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  | { readonly kind: 'column'; readonly fromX: number; readonly toX: number }
  | { readonly kind: 'category'; readonly index: number }
) & { readonly lines: readonly string[] };

/** Radius in which a point is hit by a pointer without scripts, px of the drawing. */
const POINT_RADIUS = 11;

/** What of a drawing the hits need to know: its width and where its plot begins, px. */
export interface DrawnPlot {
  readonly width: number;
  readonly top: number;
}

/**
 * Hits of a drawn chart as shapes that nobody sees. Their titles are the browser's own tooltips where scripts are
 * off; `show-tooltips.ts` reads them where scripts are on.
 */
export function drawHits(chart: EChartsType, hits: readonly ChartHit[], plot: DrawnPlot): Html {
  const shapes = hits.flatMap((hit) => {
    const title = html`<title>${hit.lines.join('\n')}</title>`;
    if (hit.kind === 'point') {
      const [x, y] = pixelsOf(chart, hit.x, hit.y);
      if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
      return [html`<circle class="hit" cx="${x}" cy="${y}" r="${POINT_RADIUS}">${title}</circle>`];
    }
    const [fromX, toX] = hit.kind === 'column' ? spanOf(chart, hit) : bandOf(chart, hit.index, plot.width);
    const [, bottom] = pixelsOf(chart, 0, 0);
    if (!(toX >= fromX && bottom > plot.top)) return [];
    const height = tenth(bottom - plot.top);
    return [
      html`<rect
        class="hit"
        x="${tenth(fromX)}"
        y="${plot.top}"
        width="${tenth(Math.max(1, toX - fromX))}"
        height="${height}"
        >${title}</rect
      >`,
    ];
  });
  return html`<g class="hits">${shapes}</g>`;
}

function spanOf(chart: EChartsType, { fromX, toX }: { readonly fromX: number; readonly toX: number }) {
  return [pixelsOf(chart, fromX, 0)[0], pixelsOf(chart, toX, 0)[0]] as const;
}

/** The band of a category: half the way to its neighbours, or all there is where it has none. */
function bandOf(chart: EChartsType, index: number, width: number): readonly [number, number] {
  const [x] = pixelsOf(chart, index, 0);
  const half = Math.abs(pixelsOf(chart, index === 0 ? 1 : index - 1, 0)[0] - x) / 2;
  return half > 0 && half < width ? [x - half, x + half] : [0, width];
}

function pixelsOf(chart: EChartsType, x: number, y: number): readonly [number, number] {
  const found: unknown = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
  const [left, top]: unknown[] = Array.isArray(found) ? found : [];
  return [tenth(Number(left)), tenth(Number(top))];
}

/** To a tenth of a pixel, which nobody can tell from the exact place. */
function tenth(px: number): number {
  return Math.round(px * 10) / 10;
}
