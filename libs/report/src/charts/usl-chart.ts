import type { RunRecord, Usl } from '@spillway/capacity';
import { rateText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, markedLine, valueAxis } from './chart-parts.ts';

type Fitted = Extract<Usl, { kind: 'fitted' }>;

/** Points of the curve. */
const POINTS = 80;
/** How far the curve is drawn beyond the levels: as far as the law may be read, and no further. */
const BEYOND = 1.25;
/** Levels further apart than this ratio stand on a logarithmic axis. */
const LOG_FROM_RATIO = 40;

/** Requests in flight against throughput: the levels, the law fitted to them and its peak; `null` without a fit. */
export function uslChart({ usl, estimate }: RunRecord): Html | null {
  if (usl?.kind !== 'fitted') return null;
  const levels = usl.levels
    .filter((level) => level.every((value) => value > 0 && isDrawable(value)))
    .sort(([a], [b]) => a - b);
  const curve = curveOf(usl, levels.at(0)?.[0] ?? 0, (levels.at(-1)?.[0] ?? 0) * BEYOND);
  if (levels.length < 2 || curve.length < 2) return null;

  const isLog = (levels.at(-1)?.[0] ?? 0) / (levels.at(0)?.[0] ?? 1) > LOG_FROM_RATIO;
  const peak = usl.peak !== null && usl.peak.inFlight <= (curve.at(-1)?.[0] ?? 0) ? usl.peak : null;
  const lower = estimate?.lowerPerSecond ?? null;
  const words = {
    id: 'usl',
    title: 'Throughput against requests in flight',
    description: `${levels.length} levels and the Universal Scalability Law fitted to them. The table has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(drawing, ['law, fitted'], ['level']),
    xAxis: isLog
      ? { ...valueAxis('in flight on average (log)', 'x'), type: 'log' }
      : { ...valueAxis('in flight on average', 'x'), min: 0 },
    yAxis: { ...valueAxis('requests/s', 'y'), min: 0, boundaryGap: [0, '8%'] },
    series: [
      {
        name: 'law, fitted',
        type: 'line',
        symbol: 'none',
        data: curve,
        lineStyle: { color: ink.second, width: 2.5 },
        itemStyle: { color: ink.second },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            ...(peak !== null && isDrawable(peak.inFlight)
              ? [markedLine('xAxis', peak.inFlight, 'peak', ink.second)]
              : []),
            ...(lower !== null && isDrawable(lower)
              ? [markedLine('yAxis', lower, `λ* ≥ ${rateText(lower)}/s`, ink.strong)]
              : []),
          ],
        },
      },
      {
        name: 'level',
        type: 'scatter',
        symbol: 'circle',
        symbolSize: 10,
        itemStyle: { color: ink.first, borderColor: ink.paper, borderWidth: 1.5 },
        z: 5,
        data: levels,
      },
    ],
  });
  const hits = levels.map(([inFlight, perSecond]) => ({
    kind: 'point' as const,
    x: inFlight,
    y: perSecond,
    lines: [
      'level',
      `in flight: ${rateText(inFlight)}`,
      `measured: ${rateText(perSecond)}/s`,
      `by the law: ${rateText(lawAt(usl, inFlight))}/s`,
    ],
  }));
  return drawChart(words, option, hits);
}

/** X(N) = γN / (1 + σ(N−1) + κN(N−1)), requests/s (method, section 4). */
export function lawAt({ gamma, sigma, kappa }: Fitted, inFlight: number): number {
  const more = inFlight - 1;
  return (gamma.estimate * inFlight) / (1 + sigma.estimate * more + kappa.estimate * inFlight * more);
}

function curveOf(usl: Fitted, from: number, to: number): [number, number][] {
  const growth = (to / from) ** (1 / POINTS);
  return Array.from({ length: POINTS + 1 }, (_, index): [number, number] => {
    const inFlight = from * growth ** index;
    return [inFlight, lawAt(usl, inFlight)];
  }).filter(([, perSecond]) => perSecond > 0 && isDrawable(perSecond));
}
