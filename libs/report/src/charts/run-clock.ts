import type { RunRecord } from '@spillway/capacity';
import { ink } from './chart-frame.ts';
import { isDrawable, valueAxis } from './chart-parts.ts';

/** Spans that people count in, s. */
const ROUND_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** The clock that all charts over time share: seconds from the run's start, and where they end. */
export interface RunClock {
  readonly startMs: number;
  readonly endSeconds: number;
}

/** Clock of a run; `null` where its instants can't be drawn on one axis. */
export function runClock({ startedAt, finishedAt, steps }: RunRecord): RunClock | null {
  const starts = steps.map(({ record }) => Date.parse(record.startedAt));
  const startMs = Math.min(Date.parse(startedAt), ...starts);
  const endMs = Math.max(Date.parse(finishedAt), ...starts);
  const endSeconds = (endMs - startMs) / 1000;
  return endSeconds > 0 && isDrawable(endSeconds) ? { startMs, endSeconds } : null;
}

/** A round span of which at most `most` fill the run, s. */
export function roundSeconds(endSeconds: number, most: number): number {
  return ROUND_SECONDS.find((seconds) => endSeconds / seconds <= most) ?? Math.ceil(endSeconds / most);
}

/** Minutes and seconds since the start: `1:30`; with hours from an hour on. */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
}

/** The axis of a run's time. */
export function timeAxis({ endSeconds }: RunClock, narrow: boolean) {
  return {
    ...valueAxis('minutes:seconds since the start', 'x'),
    min: 0,
    max: endSeconds,
    interval: roundSeconds(endSeconds, narrow ? 5 : 12),
    axisLabel: {
      color: ink.text,
      fontSize: 12,
      formatter: clockText,
      hideOverlap: true,
      showMaxLabel: false,
    },
  };
}

/** What the run was doing, as spans of seconds: neighbouring steps of one purpose are one phase. */
export interface Phase {
  readonly name: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Phases of a run, oldest first; the calibration is none, since it does not touch the stage. */
export function phasesOf({ steps }: RunRecord, { startMs, endSeconds }: RunClock): Phase[] {
  const phases: Phase[] = [];
  for (const { record } of steps) {
    if (record.purpose === 'calibration') continue;
    const fromSeconds = (Date.parse(record.startedAt) - startMs) / 1000;
    const toSeconds = Math.min(endSeconds, fromSeconds + (record.warmUpMs + record.holdMs) / 1000);
    const last = phases.at(-1);
    const name = record.purpose.replace('-', ' ');
    if (last?.name === name)
      phases[phases.length - 1] = { ...last, toSeconds: Math.max(last.toSeconds, toSeconds) };
    else phases.push({ name, fromSeconds, toSeconds });
  }
  return phases.filter((phase) => phase.toSeconds >= phase.fromSeconds);
}

/** Px that a letter of a phase's name takes. */
const LETTER_WIDTH = 7;

/** Phases as bands, every second one shaded; a name stands where it has the room. */
export function phaseBands(phases: readonly Phase[], clock: RunClock, width: number) {
  const data = phases.map(({ name, fromSeconds, toSeconds }, index) => {
    const roomPx = ((toSeconds - fromSeconds) / clock.endSeconds) * (width - 80);
    return [
      {
        xAxis: fromSeconds,
        itemStyle: { color: ink.phase, opacity: index % 2 === 0 ? 1 : 0.35 },
        label: {
          show: roomPx > name.length * LETTER_WIDTH,
          formatter: name,
          position: 'insideTop',
          color: ink.text,
          fontSize: 12,
        },
      },
      { xAxis: toSeconds },
    ];
  });
  return { silent: true, data };
}
