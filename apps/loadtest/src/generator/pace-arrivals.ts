import { arrivalsSchema } from '@spillway/capacity';
import * as z from 'zod';
import { rampTotal } from './ramp.ts';

/**
 * Most requests of one step: it is sent, read and judged from memory, and that is less than 120 bytes a request. Merging
 * generators' shares holds their files as well.
 */
export const MAX_ARRIVALS = 2_000_000;

const ratePerSecond = z.number().nonnegative();

/**
 * What a pace may ask for: the arrivals the capacity method judges, and two that only a scenario sends. A method that
 * looks for a rate needs steps of one rate, so its own schema stays without them.
 */
export const paceArrivalsSchema = z.discriminatedUnion('kind', [
  ...arrivalsSchema.options,
  /** From one rate to another over warm-up and hold; Poisson around the rate with a seed, evenly along it without. */
  z
    .strictObject({
      kind: z.literal('ramp'),
      fromPerSecond: ratePerSecond,
      toPerSecond: ratePerSecond,
      seed: z.int().optional(),
    })
    .refine(
      (ramp) => ramp.fromPerSecond + ramp.toPerSecond > 0,
      'want fromPerSecond or toPerSecond above 0: this ramp sends nothing',
    ),
  /** Instants read from a file, `speed` times as fast as they were recorded. */
  z.strictObject({
    kind: z.literal('replay'),
    file: z.string().min(1),
    speed: z.number().positive().default(1),
    /** Which column of a CSV file holds the instants; by default its only one, or `intendedMs`. */
    column: z.string().min(1).optional(),
  }),
]);

export type PaceArrivals = z.infer<typeof paceArrivalsSchema>;
export type ReplayArrivals = Extract<PaceArrivals, { kind: 'replay' }>;

/** How many requests a pace will send, about; null where only the file can tell. @param spanMs warm-up and hold */
export function expectedArrivals(arrivals: PaceArrivals, spanMs: number): number | null {
  switch (arrivals.kind) {
    case 'constant':
    case 'poisson':
      return (arrivals.ratePerSecond * spanMs) / 1000;
    case 'burst':
      return arrivals.requests;
    case 'ramp':
      return rampTotal(arrivals, spanMs);
    case 'replay':
      return null;
  }
}
