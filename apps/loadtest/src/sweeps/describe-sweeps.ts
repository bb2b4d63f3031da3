import type { MemorySweep, PayloadSweep } from '@spillway/capacity';

/** A line a size: its bracket, its write units and what they were measured at. */
export function describePayloadSweep({ points, reasons }: PayloadSweep): string {
  const lines = points.map((point) => {
    const { payloadBytes, lowerPerSecond, upperPerSecond, writeUnits, measuredWriteUnits, latencyMs } = point;
    const measured = measuredWriteUnits === null ? '' : `, ${measuredWriteUnits.toFixed(2)} measured`;
    return [
      `  ${String(payloadBytes).padStart(7)} B`,
      `[${rate(lowerPerSecond)}, ${rate(upperPerSecond)}] requests/s`.padEnd(30),
      `${writeUnits} write units${measured}`,
      ...(latencyMs === null ? [] : [`p99 ${latencyMs.p99.toFixed(0)} ms`]),
    ].join('  ');
  });
  return ['Rate against size', ...lines, ...reasons.map((reason) => `  ${reason}`)].join('\n');
}

/**
 * A line a size, the cheapest that meets the SLO, and what to do where that is not what is deployed.
 * @param deployedMemorySize MB; null where the sweep says nothing of how to deploy, as on a local stage
 */
export function describeMemorySweep(
  { points, chosenMemorySize, reasons }: MemorySweep,
  deployedMemorySize: number | null,
): string {
  const lines = points.map(({ memorySize, p99UpperMs, durationMeanMs, usdPerMillion, meetsTarget }) =>
    [
      `  ${meetsTarget ? '✓' : '✗'} ${String(memorySize).padStart(5)} MB`,
      p99UpperMs === null ? 'p99 without a bound' : `p99 ≤ ${p99UpperMs.toFixed(0)} ms`,
      ...(durationMeanMs === null ? [] : [`mean duration ${durationMeanMs.toFixed(1)} ms`]),
      ...(usdPerMillion === null ? [] : [`$${usdPerMillion.toFixed(2)} per million for Lambda`]),
    ].join('  '),
  );
  const isOther =
    ![chosenMemorySize, deployedMemorySize].includes(null) && chosenMemorySize !== deployedMemorySize;
  return [
    'Memory',
    ...lines,
    ...reasons.map((reason) => `  ${reason}`),
    ...(isOther
      ? [
          `  the limits above hold for ${deployedMemorySize} MB: to have ${chosenMemorySize} MB, deploy it and measure again`,
        ]
      : []),
  ].join('\n');
}

function rate(perSecond: number | null): string {
  return perSecond === null ? 'not found' : perSecond.toFixed(0);
}
