import { grouped, milliseconds, percent } from '../figures.ts';
import { leastRate, type MaximumRate } from './maximum-rates.ts';
import type { Subject } from './subject.ts';

/** Memory at which a function has one whole CPU, MB (F37). */
const MB_PER_CPU = 1769;

/** What the explanation rests on, and what of it nobody measured. */
export function describeSubject({
  limits,
  durationMs,
  payloadBytes,
  itemBytes,
  quotas,
  blockingRatio,
  origins,
}: Subject): readonly string[] {
  const duration =
    durationMs === null
      ? 'Mean duration of an invocation: unknown'
      : `Mean duration of an invocation: ${milliseconds(durationMs)} (${origins.duration})`;
  return [
    `${duration}, with ${grouped(limits.memorySize)} MB, which is ${grouped(limits.memorySize / MB_PER_CPU, 2)} of a CPU (F37).`,
    `A request's body: ${grouped(payloadBytes)} bytes, its item ${grouped(itemBytes)} (${origins.size}).`,
    `Quotas: ${grouped(quotas.accountRatePerSecond)}/s and a bucket of ${grouped(quotas.accountBurst)} at the gateway, ${grouped(quotas.accountConcurrency)} environments, ${grouped(quotas.tableWriteUnitsPerSecond)} write units/s (${origins.quotas}).`,
    `Of the rated load Lambda may refuse ${percent(blockingRatio)} (${origins.blocking}).`,
  ];
}

/** The rates in sentences, and the least of them. */
export function describeMaximumRates(rates: readonly MaximumRate[]): readonly string[] {
  const least = leastRate(rates);
  const binding = rates.filter(({ isSteady, perSecond }) => isSteady && perSecond === least);
  return [
    ...rates.map(({ by, perSecond, because }) => `${capital(by)}: ${grouped(perSecond, 4)}/s, ${because}.`),
    `The least for a steady load: ${grouped(least, 4)}/s, by ${binding.map(({ by }) => by).join(' and ')}.`,
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
