/** What a run can vary once it has its limits. */
export const sweepNames = ['payload', 'memory'] as const;

export type SweepName = (typeof sweepNames)[number];

/** `payload`, `memory` or both with a comma between; null for anything else. */
export function parseSweepNames(text: string): readonly SweepName[] | null {
  const asked = text.split(',').map((name) => name.trim());
  const known = sweepNames.filter((name) => asked.includes(name));
  return asked.every((name) => sweepNames.some((sweep) => sweep === name)) ? known : null;
}

/** The sweeps of a run: those asked for, and the payload sweep in the full profile. */
export function sweepsOf(profile: 'quick' | 'full', asked: readonly SweepName[] = []): readonly SweepName[] {
  return sweepNames.filter((name) => asked.includes(name) || (name === 'payload' && profile === 'full'));
}
