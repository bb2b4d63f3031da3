import type { RunRecord } from '@spillway/capacity';
import { bindingName } from './binding-name.ts';
import { countText, percentText, plural, rateText } from './figures.ts';
import { bracketText } from './limit-rows.ts';

/** What a run measured, a sentence a subject, for those who do not open the page. */
export function summarySentences(run: RunRecord): string[] {
  return [
    `Sustained rate: ${bracketText(run)}.`,
    run.binding === null ? null : `Bound by ${bindingName(run.binding)}: ${run.binding.because}.`,
    uslSentence(run),
    run.measurements === null
      ? null
      : `Burst from idle that met the SLO: ${plural(run.measurements.burst.cleanRequests, 'request')}.`,
    payloadSentence(run),
    memorySentence(run),
  ].filter((sentence) => sentence !== null);
}

function uslSentence({ usl }: RunRecord): string | null {
  if (!usl) return null;
  if (usl.kind === 'not-fitted') return `Scalability law: not fitted, ${usl.reason}.`;
  const peak = usl.peak === null ? 'no peak' : `a peak of ${rateText(usl.peak.perSecond)} requests/s`;
  const warnings = usl.warnings.length === 0 ? '' : `; ${usl.warnings.join('; ')}`;
  return `Scalability law: ${peak}, ${percentText(usl.rSquared)} of the variance explained${warnings}.`;
}

function payloadSentence({ sweeps }: RunRecord): string | null {
  const points = sweeps?.payload?.points ?? [];
  if (points.length === 0) return null;
  const held = points.map(
    ({ payloadBytes, lowerPerSecond }) => `${rateText(lowerPerSecond)}/s at ${countText(payloadBytes)} bytes`,
  );
  return `Highest rate that passed by size: ${held.join(', ')}.`;
}

function memorySentence({ sweeps }: RunRecord): string | null {
  const sweep = sweeps?.memory;
  if (!sweep) return null;
  const sizes = sweep.points.map(({ memorySize }) => countText(memorySize)).join(', ');
  return sweep.chosenMemorySize === null
    ? `Memory: none of ${sizes || 'no'} MB is proven to meet the SLO.`
    : `Memory: ${countText(sweep.chosenMemorySize)} MB is the cheapest of ${sizes} MB that meets the SLO.`;
}
