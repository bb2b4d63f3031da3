import { max, median, min } from 'simple-statistics';
import type { SimulationRound, SimulationUse } from '../simulation/measure-simulation.ts';
import { ratioText, type Claim } from './claims.ts';
import type { Table } from './table.ts';

/** Rounds of one load. */
export interface SimulationFinding {
  readonly name: string;
  readonly rounds: readonly SimulationRound[];
}

/** What is to be shown: simulated requests a second of CPU. */
const CLAIMED_PER_SECOND = 1_000_000;

const perSecond = ({ requests, cpuMs }: SimulationUse) => (1000 * requests) / cpuMs;
const millions = (value: number) => (value / 1e6).toFixed(2);

/** Each load by the median of its rounds, ratios taken within a round; and the claim. */
export function simulationTables(findings: readonly SimulationFinding[]): readonly Table[] {
  return [
    {
      title: 'Simulated requests a second of CPU, millions',
      header: [
        'load',
        'requests',
        'simulation',
        'plain loop',
        'arrivals alone',
        '× plain loop',
        '× arrivals alone',
      ],
      rows: findings.map(({ name, rounds }) => {
        const rate = (of: keyof SimulationRound) => median(rounds.map((round) => perSecond(round[of])));
        return [
          name,
          String(rounds[0]?.simulation.requests ?? 0),
          millions(rate('simulation')),
          millions(rate('plain')),
          millions(rate('arrivals')),
          ratioOf(rounds, 'plain'),
          ratioOf(rounds, 'arrivals'),
        ];
      }),
    },
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: [simulationClaim(findings)].map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
}

/** The slowest round of the slowest load has to hold. */
export function simulationClaim(findings: readonly SimulationFinding[]): Claim {
  const least = min(findings.flatMap(({ rounds }) => rounds.map(({ simulation }) => perSecond(simulation))));
  return {
    wanted: `${CLAIMED_PER_SECOND} simulated requests a second of CPU`,
    found: `${millions(least)} million at least`,
    verdict: least >= CLAIMED_PER_SECOND ? 'met' : 'not met',
  };
}

function ratioOf(rounds: readonly SimulationRound[], to: keyof SimulationRound): string {
  const ratios = rounds.map((round) => perSecond(round.simulation) / perSecond(round[to]));
  return ratioText({ median: median(ratios), min: min(ratios), max: max(ratios) });
}
