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

/** Shares of a load are too short for the clock and the compiler: only the whole ones are judged. */
const WHOLE = 1;

/** Null where the load was too short for the clock to see any CPU. */
const perSecond = ({ requests, cpuMs }: SimulationUse) => (cpuMs > 0 ? (1000 * requests) / cpuMs : null);
const millions = (value: number | null) => (value === null ? '–' : (value / 1e6).toFixed(2));

/** All of them, or null where one is missing. */
function allOf(values: readonly (number | null)[]): number[] | null {
  const found = values.filter((value) => value !== null);
  return found.length === values.length ? found : null;
}

/** Each load by the median of its rounds, ratios taken within a round; and the claim. @param share of the whole loads */
export function simulationTables(findings: readonly SimulationFinding[], share: number): readonly Table[] {
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
        const rate = (of: keyof SimulationRound) => {
          const rates = allOf(rounds.map((round) => perSecond(round[of])));
          return rates && median(rates);
        };
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
      rows: [simulationClaim(findings, share)].map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
}

/** The slowest round of the slowest load has to hold. @param share of the whole loads that was simulated, above 0 to 1 */
export function simulationClaim(findings: readonly SimulationFinding[], share: number): Claim {
  const wanted = `${CLAIMED_PER_SECOND} simulated requests a second of CPU`;
  const rates = allOf(
    findings.flatMap(({ rounds }) => rounds.map(({ simulation }) => perSecond(simulation))),
  );
  if (rates === null) return { wanted, found: '–', verdict: 'not measured' };
  const least = min(rates);
  const found = `${millions(least)} million at least`;
  if (share < WHOLE) return { wanted, found: `${found}, of ${share} of the loads`, verdict: 'not measured' };
  return { wanted, found, verdict: least >= CLAIMED_PER_SECOND ? 'met' : 'not met' };
}

function ratioOf(rounds: readonly SimulationRound[], to: keyof SimulationRound): string {
  const ratios = allOf(
    rounds.map((round) => {
      const [own, other] = [perSecond(round.simulation), perSecond(round[to])];
      return own === null || other === null ? null : own / other;
    }),
  );
  if (ratios === null) return '–';
  return ratioText({ median: median(ratios), min: min(ratios), max: max(ratios) });
}
