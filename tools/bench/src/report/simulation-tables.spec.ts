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
    const [table] = simulationTables([finding(500, 1000, 800)], 1);
    expect(table?.rows).toEqual([
      ['some load', '2000000', '2.50', '1.00', '20.00', '2.50 (2.00–4.00)', '0.13 (0.10–0.20)'],
    ]);
  });

  it('prints a dash where the clock saw no CPU', () => {
    const tables = simulationTables([finding(500, 0)], 1);
    expect(tables[0]?.rows).toEqual([['some load', '2000000', '–', '1.00', '20.00', '–', '–']]);
    expect(JSON.stringify(tables)).not.toMatch(/NaN|Infinity|null/);
  });
});

describe(simulationClaim.name, () => {
  it.each([
    [2000, 'met'],
    [2001, 'not met'],
  ])(
    'is judged by the slowest round: one of %i ms in which 2 million were simulated: %s',
    (slowestMs, verdict) => {
      expect(simulationClaim([finding(500), finding(400, slowestMs)], 1).verdict).toBe(verdict);
    },
  );

  it.each([
    [0.999, 500],
    [1, 0],
  ])('is not measured by %d of the loads in %i ms', (share, cpuMs) => {
    expect(simulationClaim([finding(cpuMs)], share).verdict).toBe('not measured');
  });
});
