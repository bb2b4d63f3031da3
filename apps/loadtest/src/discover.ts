import { nextBurst, nextStep, stepTargets, type ArrivalPattern, type Estimate } from '@spillway/capacity';
import type { Measurements } from '@spillway/throttle';
import type { JudgedStep, RunContext } from './run-context.ts';
import { takeStep } from './take-step.ts';

/** Arrivals of a burst are spread over this, ms: as close to "at once" as a client fleet gets. */
const BURST_WITHIN_MS = 50;

/** Steps of one purpose, oldest first. */
export function stepsOf(context: RunContext, purpose: JudgedStep['record']['purpose']): JudgedStep[] {
  return context.taken.map(({ step }) => step).filter(({ record }) => record.purpose === purpose);
}

/**
 * Searches the highest rate that meets the SLO, throttles lifted (method, sections 2 to 4).
 * The limits must have been lifted; whoever lifted them puts them back.
 */
export async function discoverSustainedRate(context: RunContext): Promise<Estimate> {
  const { profile, settings } = context;
  await warmUp(context);
  for (;;) {
    const next = nextStep(stepsOf(context, 'discovery'), { ...profile, targets: settings.targets });
    if (next.kind === 'done') return next.estimate;
    await takeStep(context, {
      purpose: 'discovery',
      arrivals: arrivalsAt(next.ratePerSecond, context),
      warmUpMs: next.warmUpMs,
      holdMs: next.holdMs,
      limits: 'lifted',
    });
  }
}

/** The profile's warm-ups, so that execution environments are up and their code is compiled. */
export async function warmUp(
  context: RunContext,
  own: { readonly atMostPerSecond?: number; readonly memorySize?: number } = {},
): Promise<void> {
  const { atMostPerSecond = Infinity, ...step } = own;
  for (const { ratePerSecond, holdMs } of context.profile.warmUps) {
    const arrivals = { kind: 'constant', ratePerSecond: Math.min(ratePerSecond, atMostPerSecond) } as const;
    await takeStep(context, { ...step, purpose: 'warm-up', arrivals, warmUpMs: 0, holdMs, limits: 'lifted' });
  }
}

/** Arrivals of a step that searches, as the profile wants them; each step has its own instants. */
export function arrivalsAt(ratePerSecond: number, { profile, taken }: RunContext): ArrivalPattern {
  if (profile.arrivals === 'constant') return { kind: 'constant', ratePerSecond };
  return { kind: 'poisson', ratePerSecond, seed: taken.length };
}

/**
 * Searches the largest burst from idle that the stage takes, held to the headroom's share of T: a burst that only
 * just meets T today misses it in the replay tomorrow.
 * @returns its size, 0 where none did, and how long its last answer took at most
 */
export async function discoverBurst(context: RunContext): Promise<Measurements['burst']> {
  const { profile, settings } = context;
  const { latencyMs } = settings.targets;
  const targets = stepTargets('burst', settings.targets);
  for (;;) {
    const next = nextBurst(stepsOf(context, 'burst'), {
      startRequests: profile.burstStartRequests,
      maxRequests: profile.burstMaxRequests,
      targets,
    });
    if (next.kind === 'done') return cleanBurst(context, next.cleanRequests);
    await takeStep(context, {
      purpose: 'burst',
      arrivals: { kind: 'burst', requests: next.requests, withinMs: BURST_WITHIN_MS },
      warmUpMs: 0,
      holdMs: BURST_WITHIN_MS + latencyMs,
      limits: 'lifted',
    });
  }
}

function cleanBurst(context: RunContext, cleanRequests: number): Measurements['burst'] {
  const longestMs = stepsOf(context, 'burst')
    .filter(({ record: { arrivals } }) => arrivals.kind === 'burst' && arrivals.requests === cleanRequests)
    .filter(({ judgement }) => judgement.verdict === 'pass')
    .map(({ measurement }) => measurement.latencyMs?.max ?? 0);
  return { cleanRequests, answeredWithinMs: Math.max(0, ...longestMs) };
}
