import { Color, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { HorizontalAnnotation, IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_PERIOD } from './stage-alarm.ts';

/** Columns of a dashboard. */
export const WIDTH = { page: 24, third: 8 };

/** A limit as a line across a graph, in the graph's unit. */
export interface LimitLine {
  readonly value: number;
  readonly label: string;
}

export interface LimitGraphProps {
  readonly title: string;
  readonly metrics: readonly Metric[];
  /** Above it things break: red. */
  readonly limits?: readonly LimitLine[];
  /** Above it somebody is told: orange. */
  readonly alarms?: readonly LimitLine[];
  /** What the y axis counts. */
  readonly unit: string;
}

/** A graph by the minute, from zero, with the lines that its values must stay below. */
export function limitGraph({ title, metrics, limits = [], alarms = [], unit }: LimitGraphProps): IWidget {
  return new GraphWidget({
    title,
    left: metrics.map((metric) => metric.with({ period: ALARM_PERIOD })),
    leftAnnotations: [...limits.map(lineOf(Color.RED)), ...alarms.map(lineOf(Color.ORANGE))],
    leftYAxis: { min: 0, label: unit, showUnits: false },
    width: WIDTH.third,
    height: 6,
  });
}

function lineOf(color: string): (line: LimitLine) => HorizontalAnnotation {
  return ({ value, label }) => ({ value, label, color });
}

/** A limit per second as the sum that a graph by the minute shows. */
export function perMinute(perSecond: number): number {
  return perSecond * ALARM_PERIOD.toSeconds();
}
