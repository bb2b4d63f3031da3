import { simulationClaim, simulationTables, type SimulationFinding } from './simulation-tables.ts';

const round = (simulationMs: number) => ({
  arrivals: { requests: 2_000_000, cpuMs: 100 },
  plain: { requests: 2_000_000, cpuMs: 2000 },
  simulation: { requests: 2_000_000, cpuMs: simulationMs },
});
const finding = (...simulationMs: number[]): SimulationFinding => ({
  name: 'some load',
  rounds: simulationMs.map(round),
});

describe(simulationTables.name, () => {
  it('prints medians, and ratios of rates within a round', () => {
    const [table] = simulationTables([finding(500, 1000, 800)]);
    expect(table?.rows).toEqual([
      ['some load', '2000000', '2.50', '1.00', '20.00', '2.50 (2.00–4.00)', '0.13 (0.10–0.20)'],
    ]);
  });
});

describe(simulationClaim.name, () => {
  it.each([
    [2000, 'met'],
    [2001, 'not met'],
  ])(
    'is judged by the slowest round: one of %i ms in which 2 million were simulated: %s',
    (slowestMs, verdict) => {
      expect(simulationClaim([finding(500), finding(400, slowestMs)]).verdict).toBe(verdict);
    },
  );
});
