import type { JudgedStep } from './run-context.ts';

/** One line about a judged step: what was offered, what came back, the verdict and its first reason. */
export function describeStep({ record, measurement, judgement }: JudgedStep): string {
  const offered =
    record.arrivals.kind === 'burst'
      ? `${record.arrivals.requests} at once`
      : `${record.arrivals.ratePerSecond.toFixed(0)}/s`;
  const latency = measurement.latencyMs;
  const varied = variedBy(record);
  const cells = [
    record.name.padEnd(13),
    offered.padStart(11),
    ...(varied === null ? [] : [varied.padStart(8)]),
    (isJudgedLater(record.purpose) ? '' : verdictWord(judgement)).padEnd(12),
    `n ${String(measurement.judged).padStart(5)}`,
    latency === null ? 'no answers' : `p50 ${milliseconds(latency.p50)}  p99 ${milliseconds(latency.p99)}`,
    `bad ${percent(measurement.badRatio)} (≤ ${percent(measurement.badRatioUpper)})`,
  ];
  if (measurement.outcomes.throttled > 0) cells.push(`429 × ${measurement.outcomes.throttled}`);
  if (measurement.outcomes.failed > 0) cells.push(`5xx × ${measurement.outcomes.failed}`);
  if (measurement.setAside > 0) cells.push(`${measurement.setAside} set aside (host stood still)`);
  const reason =
    judgement.verdict === 'pass' || isJudgedLater(record.purpose) ? undefined : judgement.reasons[0];
  return `  ${cells.join('  ')}${reason === undefined ? '' : `\n${' '.repeat(17)}${reason}`}`;
}

/** What a sweep's step set: its payload, or the function's memory. */
function variedBy({ purpose, payloadBytes, memorySize }: JudgedStep['record']): string | null {
  if (purpose === 'payload-sweep') return `${payloadBytes} B`;
  return memorySize === undefined ? null : `${memorySize} MB`;
}

/** A warm-up proves nothing, and a replay's steps are judged by its checks. */
function isJudgedLater(purpose: string): boolean {
  return purpose === 'replay' || purpose === 'warm-up';
}

function verdictWord(judgement: JudgedStep['judgement']): string {
  return judgement.inconclusive === null ? judgement.verdict : `? ${judgement.inconclusive}`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`.padStart(7);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}
