import { nextStep } from '../search/search.ts';
import type { SearchSettings } from '../search/search-settings.ts';
import type { Estimate, JudgedStep } from '../run-record.ts';
import { simulateStep, targets, type SimulatedStage } from './simulated-stage.ts';

/** The search as apps/loadtest/slo.json sets the profiles; this folder's spec compares them. */
export const profiles: Readonly<Record<'quick' | 'full', SearchSettings>> = {
  quick: {
    startPerSecond: 200,
    maxPerSecond: 2000,
    holdMs: 4000,
    warmUpMs: 1000,
    bracketRatio: 0.15,
    repeats: 1,
    discoveryBudgetMs: 100_000,
    targets,
  },
  full: {
    startPerSecond: 100,
    maxPerSecond: 2000,
    holdMs: 20_000,
    warmUpMs: 3000,
    bracketRatio: 0.05,
    repeats: 3,
    discoveryBudgetMs: 1_800_000,
    targets,
  },
};

/** A whole search against a simulated stage. */
export function simulateSearch(
  stage: SimulatedStage,
  settings: SearchSettings,
  kind: 'constant' | 'poisson',
  seed: number,
): { readonly estimate: Estimate; readonly history: readonly JudgedStep[]; readonly spentMs: number } {
  const history: JudgedStep[] = [];
  for (;;) {
    const next = nextStep(history, settings);
    const spentMs = history.reduce((sum, { record }) => sum + record.warmUpMs + record.holdMs, 0);
    if (next.kind === 'done') return { estimate: next.estimate, history, spentMs };
    const { ratePerSecond, warmUpMs, holdMs } = next;
    const stepSeed = 1000 * seed + history.length;
    const arrivals = kind === 'constant' ? { kind, ratePerSecond } : { kind, ratePerSecond, seed: stepSeed };
    history.push(simulateStep(stage, { arrivals, warmUpMs, holdMs }, stepSeed));
  }
}
